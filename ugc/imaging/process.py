"""Starts the process in which a stranger's picture is opened, and reads what it answers.

What it may not do it cannot: it has no settings, no database, no keys, and limits of time and
memory (`ugc.imaging.child`). What it answers is taken for a stranger's word as well.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from ugc.enums import Problem

log = structlog.get_logger(__name__)

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 40
"""Seconds, by the clock; of the processor's time it has less (`CPU_SECONDS`)."""
MOST_REGIONS = 60
MOST_PIXELS = 2048
MOST_BYTES = 20 * 1024**2
SAFE = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "OPENBLAS_NUM_THREADS": "1",  # each thread would take its share of the memory
}
"""All of the child's environment."""

STARTER = (
    "import runpy, sys; sys.path.insert(0, sys.argv[1]); "
    "runpy.run_path(sys.argv[2], run_name='__main__')"
)
"""An isolated Python sees its packages, and the folder of the child."""

Region = tuple[int, int, int, int]
"""Left, top, width and height, in parts of a thousand of the picture."""


class Broken(Exception):
    """A picture could not be read, or drawn."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True)
class Taken:
    """A picture, drawn anew from its pixels, and what was found in it."""

    content: bytes
    width: int
    height: int
    regions: tuple[Region, ...]
    detector: str


@dataclass(frozen=True)
class Blurred:
    """What may be shown of a picture, in one width."""

    content: bytes
    width: int
    height: int


def take(content: bytes) -> Taken:
    """Read a picture that a stranger sent. Raises `Broken`."""
    answer, made = _done({"do": "take"}, content)
    try:
        return Taken(
            content=made[0],
            width=_side(answer["width"]),
            height=_side(answer["height"]),
            regions=regions_of(answer["regions"]),
            detector=str(answer["detector"])[:40],
        )
    except (KeyError, TypeError, ValueError, IndexError):
        raise Broken(Problem.DAMAGED) from None


def blur(content: bytes, regions: Sequence[Region]) -> list[Blurred]:
    """Draw a picture that was read before, its regions blurred, in all widths. Raises `Broken`."""
    answer, made = _done({"do": "blur", "regions": list(regions)}, content)
    try:
        return [
            Blurred(each, _side(width), _side(height))
            for each, (width, height) in zip(made, answer["sizes"], strict=True)
        ]
    except (KeyError, TypeError, ValueError):
        raise Broken(Problem.DAMAGED) from None


def regions_of(given: Any) -> tuple[Region, ...]:
    """Return regions that lie in their picture, of whatever was given. Raises ValueError."""
    if not isinstance(given, list | tuple) or len(given) > MOST_REGIONS:
        raise ValueError("These are no regions.")
    return tuple(_region(each) for each in given)


def _region(given: Any) -> Region:
    if not isinstance(given, list | tuple) or len(given) != 4:
        raise ValueError("This is no region.")
    left, top = (min(max(int(part), 0), 999) for part in given[:2])
    width, height = (
        min(max(int(part), 1), 1000 - start)
        for part, start in zip(given[2:], (left, top), strict=True)
    )
    return left, top, width, height


def _side(given: Any) -> int:
    side = int(given)
    if not 0 < side <= MOST_PIXELS:
        raise ValueError("No picture is of that size.")
    return side


def _done(job: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    try:
        done = subprocess.run(  # noqa: S603 (our own file)
            [sys.executable, "-I", "-B", "-c", STARTER, str(CHILD.parent), str(CHILD)],
            input=json.dumps(job).encode() + b"\n" + content,
            capture_output=True,
            env=SAFE,
            cwd="/",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Broken(Problem.BUSY) from None
    if done.returncode != 0:
        log.warning("ugc.child_died", code=done.returncode)
        raise Broken(Problem.BUSY)
    return _read(done.stdout)


def _read(said: bytes) -> tuple[dict[str, Any], list[bytes]]:
    head, _newline, rest = said[: MOST_BYTES + 1].partition(b"\n")
    try:
        answer = json.loads(head)
        problem, lengths = answer.get("problem"), [int(each) for each in answer["lengths"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Broken(Problem.DAMAGED) from None
    if problem is not None or sum(lengths) != len(rest) or min(lengths, default=0) < 1:
        raise Broken(Problem(problem) if problem in Problem.values else Problem.DAMAGED)
    ends = [sum(lengths[: number + 1]) for number in range(len(lengths))]
    return answer, [rest[end - length : end] for end, length in zip(ends, lengths, strict=True)]
