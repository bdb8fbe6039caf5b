"""Programs of the demo are kept running, and never outlive it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from infra.local.checkout import ROOT, Checkout
from infra.local.locks import wait_until
from infra.local.processes import Process, Program
from tests.infra.conftest import is_empty_soon, is_ended, processes_below

SLEEP = "import time; time.sleep(60)"
FAMILY = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEP!r}, *sys.argv[1:]])"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
SUPERVISE = """
import sys, time
from pathlib import Path
from infra.local.processes import Process, Program
var, code = sys.argv[1:]
Process(Program("family", [sys.executable, "-c", code, var], {}), Path(var))
time.sleep(60)
"""


def program(checkout: Checkout, code: str) -> Program:
    command = [sys.executable, "-u", "-c", code, str(checkout.var)]
    return Program("sleeper", command, dict(os.environ))


def sleepers(checkout: Checkout) -> list[psutil.Process]:
    """Return the processes of the program, without their guard."""
    return [each for each in processes_below(checkout.var) if is_sleeper(each)]


def is_sleeper(process: psutil.Process) -> bool:
    try:
        return "guard.py" not in " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # it has just ended
        return False


@pytest.fixture
def sleeping(checkout):
    process = Process(program(checkout, SLEEP), checkout.var)
    assert wait_until(lambda: len(sleepers(checkout)) == 1, 5)
    yield process
    process.stop()


def test_stopped_process_is_gone(checkout, sleeping):
    sleeping.stop()

    assert processes_below(checkout.var) == []


def test_killed_process_starts_again(checkout, sleeping):
    [first] = sleepers(checkout)
    first.kill()

    assert wait_until(lambda: [each for each in sleepers(checkout) if each != first] != [], 10)
    assert "sleeper was killed by signal 9, starts again in 1 s" in sleeping.log.read_text()


def test_killed_guard_takes_its_process_along_and_both_start_again(checkout, sleeping):
    [first] = sleepers(checkout)
    psutil.Process(first.ppid()).kill()
    assert wait_until(lambda: not sleeping.is_alive(), 5)

    sleeping.revive()

    assert wait_until(lambda: len(sleepers(checkout)) == 1, 5)
    assert is_ended(first)


def test_process_that_never_stays_up_is_given_up(checkout, capfdbinary):
    process = Process(program(checkout, "print('no settings'); raise SystemExit(3)"), checkout.var)

    assert process.wait() == 3
    assert process.log.read_text().count("no settings") == 3
    assert "sleeper ended with code 3, 3 times in a row: given up" in process.log.read_text()
    assert b"sleeper   | no settings\n" in capfdbinary.readouterr().out
    process.stop()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_disk_does_not_keep_a_process_from_its_end(checkout, monkeypatch, capfdbinary):
    full = Path("/dev/full").open("ab", buffering=0)  # noqa: SIM115 (the process closes it)
    monkeypatch.setattr("infra.local.processes.open_log", lambda _path: full)
    talkative = program(checkout, "print('word ' * 100_000)")

    process = Process(talkative, checkout.var, restart=False)

    assert process.wait() == 0
    assert capfdbinary.readouterr().out.count(b"word") == 100_000
    process.stop()


def test_stubborn_process_is_killed_after_the_grace_period(checkout, monkeypatch):
    monkeypatch.setattr("infra.local.processes.GRACE", 0.5)
    process = Process(program(checkout, STUBBORN), checkout.var)
    assert wait_until(lambda: len(sleepers(checkout)) == 1, 5)
    time.sleep(0.5)  # until it ignores the signal

    process.stop()

    assert processes_below(checkout.var) == []
    assert "does not stop within" in process.log.read_text()


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_ended_supervisor_leaves_no_process_behind(checkout, ending):
    command = [sys.executable, "-c", SUPERVISE, str(checkout.var), FAMILY]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as supervisor:
        assert wait_until(lambda: len(sleepers(checkout)) == 3, 10)
        supervisor.send_signal(ending)

    assert is_empty_soon(checkout.var)
