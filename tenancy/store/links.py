"""Names that are turned in one step, and locks that end with their process."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def beside(name: Path) -> Path:
    """Return a name of this thread's own in the same folder, which no server asks for."""
    return name.with_name(f".{name.name}.{os.getpid()}.{threading.get_ident()}")


def link(name: Path, target: str) -> None:
    """Let a name lead to a target, in one step, unless it already does."""
    if name.is_symlink() and name.readlink() == Path(target):
        return
    new = beside(name)
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(name)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let no other process of this machine in."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def hold(folder: Path) -> int:
    """Be one of those that use a folder; return the descriptor to be closed, which an end does."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def is_held(folder: Path) -> bool:
    """Say whether some process uses a folder."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)
