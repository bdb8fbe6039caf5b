"""A server that runs exactly as long as at least one `./run` of the checkout uses it.

Users of a server hold its FIFO open for writing; its guard (guard.py) reads the other end, and
stops the server when the last user has gone, even by `kill -9`. Joining and stopping exclude
each other by a lock, so that nobody joins a server that is about to stop.
"""

import json
import os
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from infra.local import guard
from infra.local.checkout import Checkout
from infra.local.console import Problem
from infra.local.locks import exclusive, is_locked, lock_exclusively, wait_until
from infra.local.logs import last_line, open_log

START_TIMEOUT = 60.0
STOP_TIMEOUT = 15.0


class Server(ABC):
    """One embedded server; subclasses say how it is started and asked."""

    name: str

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self.log = checkout.log_dir / f"{self.name}.log"
        self._fifo = checkout.run_dir / f"{self.name}.users"
        self._lock = checkout.run_dir / f"{self.name}.lock"
        self._alive = checkout.run_dir / f"{self.name}.guard"
        self._guard: subprocess.Popen[bytes] | None = None
        self._holder: int | None = None

    @abstractmethod
    def command(self) -> Sequence[str]:
        """Return what runs the server, in the foreground."""

    @abstractmethod
    def guard_options(self) -> guard.Options:
        """Return how it is kept."""

    @abstractmethod
    def urls(self) -> dict[str, str]:
        """Return the environment variables that name it."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Return whether it answers."""

    @abstractmethod
    def stop_orphan(self) -> None:
        """Stop a server whose guard was killed, if there is one."""

    @abstractmethod
    def prepare(self) -> None:
        """Lay out what it needs before a start."""

    @abstractmethod
    def settle(self) -> None:
        """Bring a server that has just started to the state that its users expect."""

    @contextmanager
    def running(self) -> Iterator[None]:
        self._holder = self.join()
        try:
            yield
        finally:
            self.leave(self._holder)

    def revive(self) -> None:
        """Start it again if its guard, which would have, was killed as well."""
        if self._holder is not None and not is_locked(self._alive):
            before, self._holder = self._holder, self.join()
            os.close(before)

    def join(self) -> int:
        """Start the server, or find it running; return the descriptor that keeps it so."""
        with exclusive(self._lock):
            is_new = not is_locked(self._alive)
            holder = self._start() if is_new else self._open_fifo()
            try:
                self._wait_until_ready()
                if is_new:
                    self.settle()
            except BaseException:
                os.close(holder)
                raise
        # Children are started without it; a program that takes this process's place keeps it.
        os.set_inheritable(holder, True)
        return holder

    def leave(self, holder: int) -> None:
        """Let go; the last one waits until the server has stopped."""
        with exclusive(self._lock):
            os.close(holder)
            if self._has_users():
                return
        wait_until(lambda: not is_locked(self._alive), STOP_TIMEOUT)
        with exclusive(self._lock):
            if not is_locked(self._alive):
                self.stop_orphan()
        if self._guard is not None:
            self._guard.poll()

    def _start(self) -> int:
        self.stop_orphan()
        self.prepare()
        self._fifo.unlink(missing_ok=True)
        os.mkfifo(self._fifo, 0o600)
        reader = os.open(self._fifo, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        holder = self._open_fifo()
        alive = lock_exclusively(self._alive)
        options = self.guard_options()._replace(lock=str(self._lock))
        with open_log(self.log) as log:
            self._guard = start_guard(
                options, self.command(), stdin=reader, stdout=log, stderr=log, keep=(alive,)
            )
        os.close(reader)
        os.close(alive)
        return holder

    def _open_fifo(self) -> int:
        return os.open(self._fifo, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)

    def _wait_until_ready(self) -> None:
        def is_decided() -> bool:
            return not is_locked(self._alive) or self.is_ready()

        if not wait_until(is_decided, START_TIMEOUT):
            raise Problem(f"{self.name} does not answer within {START_TIMEOUT:.0f} s: {self.log}")
        if not is_locked(self._alive):
            raise Problem(f"{self.name} does not start: {last_line(self.log)} ({self.log})")

    def _has_users(self) -> bool:
        probe = os.open(self._fifo, os.O_RDONLY | os.O_NONBLOCK)
        try:
            return os.read(probe, 1) != b""
        except BlockingIOError:
            return True
        finally:
            os.close(probe)


def start_guard(
    options: guard.Options,
    command: Sequence[str],
    *,
    stdin: int,
    stdout: IO[bytes] | int,
    stderr: IO[bytes] | int,
    cwd: Path = Path("/"),
    keep: tuple[int, ...] = (),
    env: Mapping[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a command under a guard, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", guard.__file__, json.dumps(options._asdict()), *command],
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
        cwd=cwd,
        pass_fds=keep,
        env=env,
    )
