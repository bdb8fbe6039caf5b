"""Keep one command running exactly as long as somebody holds the other end of stdin.

    python -I -S guard.py OPTIONS COMMAND …

Standard input is a pipe, or a FIFO that several processes hold open for writing. When the last
of them closes it, or dies in whatever way, the kernel says so here: the command gets its stop
signal, and what is left of its process group after the grace period is killed. A command that
ends by itself is started again, after 1, 2, 4 … 30 s; one that never stayed up is given up.

Notices go to standard error, what the command says to standard output. The standard library's
small modules are all that this file imports: there is one guard per process.
"""

import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import NamedTuple

STEADY_AFTER = 5.0
"""Seconds after which a start counts as a success."""
TRIES = 3
LONGEST_PAUSE = 30.0


class Options(NamedTuple):
    """How a command is kept; travels as JSON."""

    name: str
    stop_signal: int = signal.SIGTERM
    restart: bool = True
    grace: float = 8.0
    """Seconds from the stop signal to the kill."""
    lock: str | None = None
    """File whose lock keeps newcomers out while the command stops."""
    uid: int | None = None
    gid: int | None = None


class Guard:
    def __init__(self, options: Options, command: list[str]) -> None:
        self.stopping = False
        self._options = options
        self._command = command
        self._wake = self._listen_to_signals()

    def run(self) -> int:
        """Run the command until it is no longer wanted; return its exit code."""
        failures, steady = 0, False
        while True:
            began = time.monotonic()
            code = self._run_once()
            if self.stopping or not self._options.restart:
                return code
            if time.monotonic() - began >= STEADY_AFTER:
                failures, steady = 0, True
            failures += 1
            if failures == TRIES and not steady:
                self._tell(f"{describe(code)}, {TRIES} times in a row: given up")
                return code
            pause = min(2.0 ** (failures - 1), LONGEST_PAUSE)
            self._tell(f"{describe(code)}, starts again in {pause:.0f} s")
            if self._is_unwanted(within=pause):
                return code

    def _run_once(self) -> int:
        with subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            user=self._options.uid,
            group=self._options.gid,
            extra_groups=None if self._options.uid is None else [],
        ) as child:
            while child.poll() is None:
                if self._is_unwanted():
                    self._stop(child)
        return child.returncode

    def _stop(self, child: "subprocess.Popen[bytes]") -> None:
        child.send_signal(self._options.stop_signal)
        try:
            child.wait(self._options.grace)
        except subprocess.TimeoutExpired:
            self._tell(f"does not stop within {self._options.grace:.0f} s, and is killed")
            child.kill()
            child.wait()

    def _is_unwanted(self, within: float | None = None) -> bool:
        """Wait for a signal or the last holder's end, for `within` seconds at most."""
        readable, _, _ = select.select([0, self._wake], [], [], within)
        if self._wake in readable:
            os.read(self._wake, 512)
        self.stopping = self.stopping or (0 in readable and self._is_abandoned())
        return self.stopping

    def _is_abandoned(self) -> bool:
        """Return whether the last holder is gone; if so, keep newcomers out until the end."""
        lock = self._keep_newcomers_out()
        try:
            gone = os.read(0, 1) == b""
        except BlockingIOError:  # somebody joined in the meantime
            gone = False
        if lock is not None and not gone:
            os.close(lock)
        return gone

    def _keep_newcomers_out(self) -> int | None:
        if self._options.lock is None:
            return None
        lock = os.open(self._options.lock, os.O_RDWR | os.O_CLOEXEC)
        fcntl.flock(lock, fcntl.LOCK_EX)
        return lock

    def _listen_to_signals(self) -> int:
        """Turn signals into bytes of a pipe, and return its end to read from."""
        os.set_blocking(0, False)
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_stop_signal)
        return reader

    def _on_stop_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _tell(self, text: str) -> None:
        try:
            sys.stderr.write(f"{self._options.name} {text}\n")
            sys.stderr.flush()
        except OSError:  # the terminal has gone
            pass


def describe(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"


def main() -> None:
    guard = Guard(Options(**json.loads(sys.argv[1])), sys.argv[2:])
    code = guard.run()
    if guard.stopping:
        # Stragglers of the group go, and this process, which leads it, with them.
        os.killpg(0, signal.SIGKILL)
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
