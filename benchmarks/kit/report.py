"""How a measurement is told: a table to read, one line of JSON to compare, a page to keep."""

import json
import os
import platform
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
TITLE = """# Benchmarks

Ratios of one run, so that the machine matters little. Written by `./run bench NAME --write`.
"""


@dataclass(frozen=True)
class Goal:
    """What a figure must not exceed."""

    goal: str
    value: float
    target: float

    @property
    def met(self) -> bool:
        return self.value <= self.target


@dataclass(frozen=True)
class Report:
    """What one benchmark found. `lines` is a table in Markdown and what is to be said of it."""

    name: str
    title: str
    lines: Sequence[str]
    figures: dict[str, Any]
    goals: Sequence[Goal]

    def text(self) -> str:
        """Return the section of the page of benchmarks."""
        goals = [
            f"- {goal.goal}: {goal.value:.2f} (at most {goal.target:g}) "
            f"{'met' if goal.met else '**missed**'}"
            for goal in self.goals
        ]
        return "\n".join([f"## {self.title}", "", *self.lines, "", *goals, ""])

    def as_json(self) -> str:
        goals = [asdict(goal) | {"met": goal.met} for goal in self.goals]
        return json.dumps({"name": self.name, "figures": self.figures, "goals": goals})


def tell(report: Report, *, as_json: bool, write: bool) -> int:
    """Print the report, write it down if that is wanted, and return the exit code."""
    sys.stdout.write(f"{report.text()}\n")
    if write:
        PAGE.write_text(with_section(PAGE.read_text() if PAGE.exists() else TITLE, report))
    if as_json:
        sys.stdout.write(f"{report.as_json()}\n")
    return 0 if all(goal.met for goal in report.goals) else 1


def with_section(page: str, report: Report) -> str:
    """Return the page with the report in the place of the last one of that title, or at its end."""
    section = f"{report.text()}\n"
    old = re.compile(rf"^## {re.escape(report.title)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    if old.search(page):
        return f"{old.sub(lambda _found: section, page).rstrip()}\n"
    return f"{page.rstrip()}\n\n{section.rstrip()}\n"


def machine() -> str:
    """Say what it was measured on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
