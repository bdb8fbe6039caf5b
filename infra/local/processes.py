"""The demo's own processes: each under a guard, its words shown with its name before them."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from infra.local.checkout import ROOT
from infra.local.console import Problem
from infra.local.guard import Options
from infra.local.locks import wait_until
from infra.local.logs import open_log
from infra.local.server import start_guard

GRACE = 6.0
NAME_WIDTH = 10

MODEST = {"PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "262144"}
"""Words at once; and memory is given back, which matters after pictures were scaled."""

_terminal = threading.Lock()


@dataclass(frozen=True)
class Program:
    """What a process runs."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]


class Process:
    """A program that is kept running, or run once, until `stop` or this process's end."""

    def __init__(self, program: Program, log_dir: Path, *, restart: bool = True) -> None:
        self.program = program
        self.log = log_dir / f"{program.name}.log"
        self._options = Options(program.name, signal.SIGTERM, restart=restart, grace=GRACE)
        self._log_file = open_log(self.log)
        self._start()

    def wait(self) -> int:
        """Wait for its end, and until all that it said is shown; return its exit code."""
        code = self._guard.wait()
        self._reader.join()
        return code

    def is_alive(self) -> bool:
        return self._guard.poll() is None

    def revive(self) -> None:
        """Start it again if somebody has killed its guard, and stop what was guarded."""
        if not self.is_alive():
            self._kill_group()
            self._reader.join()
            self._start()

    def ask_to_stop(self) -> None:
        """Let go of it: its guard stops it."""
        if self._guard.stdin and not self._guard.stdin.closed:
            self._guard.stdin.close()

    def stop(self) -> None:
        self.ask_to_stop()
        wait_until(lambda: not self.is_alive(), GRACE + 2)
        self._kill_group()
        self._reader.join()
        self._log_file.close()

    def _start(self) -> None:
        self._guard = start_guard(
            self._options,
            self.program.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**self.program.env, **MODEST},
        )
        self._reader = threading.Thread(target=self._show, args=[self._guard.stdout], daemon=True)
        self._reader.start()

    def _show(self, output: IO[bytes]) -> None:
        prefix = f"{self.program.name:<{NAME_WIDTH}}| ".encode()
        with output:
            for line in output:
                with suppress(OSError):  # a full disk must not block the program
                    self._log_file.write(line)
                with _terminal, suppress(OSError):
                    sys.stdout.buffer.write(prefix + line)
                    sys.stdout.buffer.flush()

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._guard.pid, signal.SIGKILL)
        self._guard.wait()


class Group:
    """Processes that stand and fall together."""

    def __init__(self, log_dir: Path) -> None:
        self._log_dir = log_dir
        self._processes: list[Process] = []

    def start(self, program: Program) -> Process:
        process = Process(program, self._log_dir)
        self._processes.append(process)
        return process

    def revive(self) -> None:
        for process in self._processes:
            process.revive()

    def stop(self) -> None:
        """Stop the first, then the others together."""
        for process in self._processes[:1]:
            process.stop()
        for process in self._processes[1:]:
            process.ask_to_stop()
        for process in self._processes[1:]:
            process.stop()


def manage(name: str, arguments: Sequence[str], env: Mapping[str, str], log_dir: Path) -> None:
    """Run a command of manage.py to its end."""
    run(name, ["manage.py", *arguments], env, log_dir)


def run(name: str, arguments: Sequence[str], env: Mapping[str, str], log_dir: Path) -> None:
    """Run Python to its end."""
    program = Program(name, python(*arguments), env)
    process = Process(program, log_dir, restart=False)
    try:
        if code := process.wait():
            raise Problem(f"{' '.join(arguments)} failed (exit code {code}).")
    finally:
        process.stop()


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]
