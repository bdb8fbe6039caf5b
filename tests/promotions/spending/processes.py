"""Processes of their own, with connections of their own, as the app role."""

import os
import pickle
import secrets
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.connections import connected, settings_of

T = TypeVar("T")

TABLES = ("promotions_ledgerentry", "promotions_couponuse", "promotions_meter")


@contextmanager
def as_app() -> Iterator[None]:
    """Have the default connection be one of the app role's, in autocommit."""
    with connected(settings_of("app")) as own:
        own.ensure_connection()
        yield


def forget_uses() -> None:
    """Delete all uses of all tenants, which only the owner of the tables can."""
    with connected(settings_of("owner")) as owner, owner.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")


@dataclass
class Child:
    """A process that works for this one; `answer` is where it writes what it found."""

    pid: int
    answer: int

    def result(self) -> Any:
        """Wait for its end, and return what it found; None if it was killed."""
        with os.fdopen(self.answer, "rb") as pipe:
            said = pipe.read()
        os.waitpid(self.pid, 0)
        if not said:
            return None
        found = pickle.loads(said)  # noqa: S301 (our own child's)
        if isinstance(found, BaseException):
            raise found
        return found


def start(work: Callable[[], Any]) -> Child:
    """Start a process that does something, and ends without touching what it has from here."""
    reads, writes = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writes)
        return Child(pid, reads)
    try:
        with as_app():
            found = work()
    except BaseException as error:  # noqa: BLE001 (told to the parent)
        found = RuntimeError(repr(error))
    with os.fdopen(writes, "wb") as pipe:
        pickle.dump(found, pipe)
    os._exit(0)


def at_once(clients: int, work: Callable[[int], T]) -> list[T]:
    """Have several processes do the same, each with its number; return what each found."""
    children = [start(lambda number=number: work(number)) for number in range(clients)]
    return [child.result() for child in children]


@dataclass
class Crowd:
    """Clients that try the same over and over, so many times together."""

    attempt: Callable[[], object]
    clients: int
    attempts: int

    def run(self, *, kill_every: float) -> int:
        """Let them try, killing one now and then, which another replaces; return how many."""
        each = -(-self.attempts // self.clients)
        children = [start(lambda: self._try(each)) for _client in range(self.clients)]
        killed = self._hunt(children, kill_every)
        for child in children:
            child.result()
        return killed

    def _try(self, times: int) -> int:
        return sum(bool(self.attempt()) for _time in range(times))

    def _hunt(self, children: list[Child], kill_every: float) -> int:
        killed = 0
        while alive := [child for child in children if is_alive(child)]:
            time.sleep(kill_every)
            victim = secrets.choice(alive)
            if not is_alive(victim):
                continue
            os.kill(victim.pid, signal.SIGKILL)
            killed += 1
            if killed <= self.clients:
                children.append(start(lambda: self._try(self.attempts // self.clients // 2)))
        return killed


def is_alive(child: Child) -> bool:
    """Say whether it still works; what it says fits into the pipe, so it never waits for us."""
    found = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return found is None
