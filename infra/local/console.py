"""What a developer reads in the terminal."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""All of them mean Ctrl-C."""


class Problem(Exception):
    """Something the developer can put right; its text says it in one sentence."""


def say(text: str = "") -> None:
    """Write a line; end as SIGPIPE ends a program when nobody reads on, as after `| head`."""
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # what is still in the buffer would fail once more as Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(128 + signal.SIGPIPE) from None


def complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class Steps:
    """Numbered steps, each with the seconds that it took."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._number = 0

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        self._number += 1
        began = time.monotonic()
        say(f"[{self._number}/{self._total}] {title} …")
        yield
        say(f"      {time.monotonic() - began:.1f} s")
