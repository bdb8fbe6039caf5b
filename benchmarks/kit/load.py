"""Load from wrk: a generator in Python would be slower than what is measured."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("load.lua")


class CannotMeasure(RuntimeError):
    """Something that the measurement needs is not there, or went wrong."""


@dataclass(frozen=True)
class Burst:
    """What a server answered: how often a second, and how soon (95 of 100, in ms)."""

    requests: int
    per_second: float
    p95: float


def insist_on_wrk() -> None:
    if shutil.which("wrk") is None:
        raise CannotMeasure("wrk is needed: apt-get install wrk")


def burst(url: str, *, connections: int, seconds: int, headers: Mapping[str, str]) -> Burst:
    """Ask for one address over and over; raise `CannotMeasure` if an answer failed."""
    options = [f"--header={name}: {value}" for name, value in headers.items()]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"-s{SCRIPT}", *options, url]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (ours)
    told = json.loads(answer.stdout.splitlines()[-1])
    if told["failed"] or not told["requests"]:
        raise CannotMeasure(f"{url}: {answer.stdout}")
    per_second = told["requests"] / told["duration"] * 1e6
    return Burst(told["requests"], per_second, told["p95"] / 1e3)
