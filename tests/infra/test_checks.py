"""`./run test` and its relatives: what they ask, and how they report."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local import __main__ as verbs
from infra.local import packages
from infra.local.checkout import ROOT
from infra.local.checks import Check, ask, settings_without_servers
from infra.local.packages import install_what_tests_need
from infra.local.postgres import ROLES
from infra.local.testing import run_pytest, throwaway_services
from tests.infra.conftest import processes_below


def test_content_check_is_one_line(capsys):
    answer = ask(Check("quiet", [sys.executable, "-c", "print('details')"]), {})

    assert answer.is_good
    assert capsys.readouterr().out.startswith("ok      quiet")


def test_failed_check_shows_what_it_says(capsys):
    answer = ask(Check("loud", [sys.executable, "-c", "raise SystemExit('line 3 is wrong')"]), {})

    out = capsys.readouterr().out
    assert not answer.is_good
    assert out.startswith("FAILED  loud")
    assert out.endswith("line 3 is wrong\n")


def test_pytest_is_passed_through_with_its_closing_line(tmp_path, capsys):
    (tmp_path / "test_two.py").write_text("def test_one(): pass\ndef test_two(): assert 0\n")

    code, closing_line = run_pytest(
        ["-p", "no:django", "-c", os.devnull, str(tmp_path)], dict(os.environ)
    )

    assert code == 1
    assert "1 failed, 1 passed" in closing_line
    assert capsys.readouterr().out.strip().endswith(closing_line)


def test_tests_have_servers_of_their_own_and_ignore_the_file_of_the_checkout(monkeypatch):
    for name in ("ALCOVA_ENV_FILE", *ROLES):
        monkeypatch.delenv(name, raising=False)

    with throwaway_services() as settings:
        assert settings["DJANGO_SETTINGS_MODULE"] == "config.settings.test"
        assert settings["ALCOVA_ENV_FILE"] == os.devnull
        assert "alcova-test-" in settings["DATABASE_URL"]

    assert not Path(settings["VAR_DIR"]).exists()


def test_stopped_test_run_leaves_nothing_behind(checkout):
    slow = checkout.var / "test_slow.py"
    slow.write_text("import time\ndef test_slow(): print('up', flush=True); time.sleep(60)\n")
    command = [sys.executable, "-m", "infra.local", "test", "-s", "-p", "no:django"]
    environ = {name: os.environ[name] for name in os.environ if not name.endswith("_URL")}
    with subprocess.Popen(
        [*command, "-c", os.devnull, str(slow)],
        cwd=ROOT,
        env={**environ, "TMPDIR": str(checkout.var)},
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout
        assert any("up" in line for line in run.stdout)
        assert len(processes_below(checkout.var)) > 4
        run.terminate()

    assert processes_below(checkout.var) == []
    assert list(checkout.var.glob("alcova-test-*")) == []


def test_tools_without_servers_get_settings_that_can_be_read():
    settings = settings_without_servers({})

    assert settings["DATABASE_OPS_URL"] == "postgres://nowhere/nothing"
    assert settings["REDIS_URL"] == "redis://nowhere"


def test_missing_browser_is_said_loudly(monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda *_args, **_options: None)

    install_what_tests_need()

    error = capsys.readouterr().err
    assert "!!! chromium is not here and cannot be installed" in error
    assert "the database behind a pooler will NOT be tested" in error


@pytest.mark.parametrize("has_systemd", [True, False])
def test_the_packages_services_are_stopped_only_where_there_are_services(
    tmp_path, monkeypatch, has_systemd
):
    ran = []
    monkeypatch.setattr(packages, "SYSTEMD", tmp_path if has_systemd else tmp_path / "none")
    monkeypatch.setattr(packages, "run_quietly", lambda command, _env: ran.append(command[0]))

    packages.install(packages.PACKAGES)

    assert ran == ["apt-get", "apt-get", *(["systemctl"] if has_systemd else [])]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "full", "/var/x"), "The disk is full: /var/x cannot be written.\n"),
        (OSError(errno.EDQUOT, "full"), "The disk is full.\n"),
        (
            OSError(errno.EACCES, "Permission denied", "/var/x"),
            "/var/x cannot be written (permission denied): change that, or set VAR_DIR.\n",
        ),
    ],
)
def test_disk_that_takes_nothing_is_told_in_one_sentence(monkeypatch, capsys, error, sentence):
    def fail(_arguments: object) -> int:
        raise error

    monkeypatch.setitem(verbs.VERBS, "types", fail)
    monkeypatch.setattr(verbs, "STOP_SIGNALS", ())  # those of the test run stay
    monkeypatch.setattr(sys, "argv", ["infra.local", "types"])

    assert verbs.main() == 1
    assert capsys.readouterr().err == sentence


def test_benchmarks_are_listed_with_what_they_measure(capsys):
    assert verbs.bench([]) == 0

    assert "provisioning    What provisioning one more tenant costs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["TENANT=lua"], ["shell", "--tenant=lua"]),
        (["--no-tenant"], ["shell", "--no-tenant"]),
        (["TENANT=lua", "-c", "1"], ["shell", "--tenant=lua", "-c", "1"]),
    ],
)
def test_shell_opens_in_the_tenant_that_is_named(monkeypatch, words, command):
    called = []
    monkeypatch.setattr(verbs, "manage", called.append)

    verbs.shell(words)

    assert called == [command]


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], ["makemigrations", "--check", "--dry-run"]),
        (["add_sauna", "suites"], ["makemigrations", "--name", "add_sauna", "suites"]),
    ],
)
def test_migrations_are_written_under_a_name_only(monkeypatch, words, command):
    called = []
    monkeypatch.setattr(verbs, "manage", called.append)

    verbs.migrations(words)

    assert called == [command]
