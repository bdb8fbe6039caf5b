"""Log files of the embedded processes."""

from pathlib import Path
from typing import IO

LONGEST_LOG = 10_000_000
"""Bytes after which a log is put aside at the next start."""


def open_log(path: Path) -> IO[bytes]:
    """Open a log for appending; a long one is kept as `.1`, in the place of the one before."""
    if path.exists() and path.stat().st_size > LONGEST_LOG:
        path.replace(path.with_suffix(f"{path.suffix}.1"))
    return path.open("ab", buffering=0)


def last_line(path: Path) -> str:
    lines = path.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it says nothing"
