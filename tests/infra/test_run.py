"""The script `run`: finds a Python, makes .venv, and says what is wrong in one sentence."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.__main__ import VERBS
from infra.local.checkout import ROOT

SYSTEM = ("awk", "cat", "cksum", "dirname", "env", "grep", "mkdir", "sh", "sleep", "tail")
OLD_PYTHON = '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2"\nexit 1\n'
NEW_PYTHON_WITHOUT_NETWORK = """#!/bin/sh
case "$*" in
*"install"*) echo "NewConnectionError: Failed to establish a new connection"; exit 1 ;;
*"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
"-c "*) echo True ;;
esac
"""


@pytest.fixture
def clone(tmp_path):
    """Make what the script sees of a fresh clone, on a machine with hardly any program."""
    for name in ("run", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for name in (*SYSTEM, "cp"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    add_program(tmp_path, "df", "#!/bin/sh\necho head\necho disk 1 1 99999999 1% /\n")
    return tmp_path


def add_program(clone: Path, name: str, text: str) -> None:
    path = clone / "bin" / name
    path.write_text(text)
    path.chmod(0o755)


def run(clone: Path, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [clone / "run", *arguments],
        env={"PATH": str(clone / "bin"), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_script_is_plain_posix_shell():
    shell = shutil.which("dash") or "sh"

    assert subprocess.run([shell, "-n", ROOT / "run"], check=False).returncode == 0
    assert (ROOT / "run").read_text().startswith("#!/bin/sh\n")
    assert os.access(ROOT / "run", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_help_needs_nothing_and_names_every_verb(clone):
    done = run(clone, "help")

    assert done.returncode == 0
    assert [verb for verb in VERBS if f"./run {verb}" not in done.stdout] == []


def test_unknown_verb_is_answered_with_the_verbs(clone):
    done = run(clone, "deploy")

    assert done.returncode == 2
    assert done.stderr.startswith('There is no "deploy"; these are the verbs:\n./run demo')


def test_who_is_read_no_further_ends_quietly():
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "infra.local", "bench"],
        cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(write)

    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, "")


def test_machine_without_python_is_told_so(clone):
    done = run(clone, "demo")

    assert done.returncode == 1
    assert done.stderr == (
        "Alcova needs Python 3.11 or newer, and there is none: "
        "install it, or name it with PYTHON=…\n"
    )


def test_old_python_does_not_count(clone):
    add_program(clone, "python3", OLD_PYTHON)

    assert "Alcova needs Python 3.11 or newer" in run(clone, "demo").stderr


def test_old_python_by_name_is_refused_by_name(clone):
    add_program(clone, "python3.9", OLD_PYTHON)

    done = run(clone, "demo", PYTHON="python3.9")

    assert done.returncode == 1
    assert done.stderr == "PYTHON=python3.9 is not a Python 3.11 or newer.\n"


def test_program_that_only_says_yes_is_no_python(clone):
    add_program(clone, "true", "#!/bin/sh\nexit 0\n")

    assert (
        run(clone, "demo", PYTHON="true").stderr == "PYTHON=true is not a Python 3.11 or newer.\n"
    )


def test_folder_that_cannot_be_written_is_named(clone):
    add_program(clone, "python3", NEW_PYTHON_WITHOUT_NETWORK)
    (clone / "var").touch()  # root, who may write everywhere, is stopped by this, too

    done = run(clone, "demo")

    assert done.returncode == 1
    assert done.stderr == (
        f"{clone}/var/log cannot be written: give yourself the right to, or use another folder.\n"
    )
    assert not (clone / ".venv").exists()


def test_small_disk_is_refused_before_anything_is_made(clone):
    add_program(clone, "df", "#!/bin/sh\necho head\necho disk 1 1 512000 1% /\n")

    done = run(clone, "demo")

    assert done.stderr == "The disk has 500 MiB left, but 1500 MiB are needed.\n"
    assert not (clone / ".venv").exists()


def test_missing_network_is_told_in_one_sentence(clone):
    add_program(clone, "python3", NEW_PYTHON_WITHOUT_NETWORK)

    done = run(clone, "demo")

    assert done.returncode == 1
    assert done.stderr.endswith(
        "The packages cannot be downloaded: is there a network? See var/log/install.log.\n"
    )
    assert not (clone / ".venv" / ".alcova-lock").exists()
