"""A place for servers of a test's own, and a look at what still runs there."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from infra.local.checkout import Checkout
from infra.local.locks import wait_until


@pytest.fixture
def checkout() -> Iterator[Checkout]:
    with temporary_checkout() as place:
        yield place


@contextmanager
def temporary_checkout() -> Iterator[Checkout]:
    """Make a directory with a path short enough for sockets; leave nothing of it behind."""
    var = Path(tempfile.mkdtemp(prefix="alcova-")).resolve()
    yield Checkout(var)
    for process in processes_below(var):
        process.kill()
    shutil.rmtree(var)


def processes_below(directory: Path) -> list[psutil.Process]:
    """Return the processes that work in the directory, or name it in their command."""
    found = []
    for process in psutil.process_iter():
        try:
            words = [process.cwd(), *process.cmdline()]
        except psutil.Error:
            continue
        if any(str(directory) in word for word in words) and not is_ended(process):
            found.append(process)
    return found


def is_ended(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def is_empty_soon(directory: Path, seconds: float = 15.0) -> bool:
    """Return whether nothing runs below the directory, at the latest after `seconds`."""
    return wait_until(lambda: not processes_below(directory), seconds)
