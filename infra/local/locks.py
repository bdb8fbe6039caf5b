"""Locks between processes; the kernel releases those of a process that dies."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

STEP = 0.02
"""Seconds between two questions."""


def lock_exclusively(path: Path) -> int:
    """Lock a file, waiting for whoever has it; closing the descriptor unlocks it."""
    file = _open(path)
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    file = lock_exclusively(path)
    try:
        yield
    finally:
        os.close(file)


def is_locked(path: Path) -> bool:
    """Return whether somebody has locked the file exclusively."""
    file = _open(path)
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def wait_until(condition: Callable[[], bool], timeout: float) -> bool:
    """Ask again and again; return whether the condition came true within `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(STEP)
    return True


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
