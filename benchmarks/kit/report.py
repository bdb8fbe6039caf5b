"""How a measurement is told: a table to read, one line of JSON to compare, a page to keep."""

import json
import os
import platform
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
TITLE = """# Benchmarks

Each section is one run, in which whatever is compared took turns. Its ratios say more than its
times, which are those of a machine that may have been busy: its load is told. Written by
`./run bench NAME --write`; `./run bench` lists them. `page-store` needs wrk, and compares with
nginx where that is installed (Debian: `wrk`, `nginx-light`); `render --bakerydemo FOLDER` compares
with Wagtail's bakerydemo where somebody has set up a copy. `coupons` needs pgbench, which comes
with the embedded PostgreSQL (and with Debian's `postgresql-15`).
"""


@dataclass(frozen=True)
class Goal:
    """What a figure must not exceed; or, if `is_least`, must reach."""

    goal: str
    value: float
    target: float
    is_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.target if self.is_least else self.value <= self.target

    def text(self) -> str:
        """Return a line for people."""
        bound = f"at {'least' if self.is_least else 'most'} {self.target:,g}"
        return f"{self.goal}: {shown(self.value)} ({bound}) {'met' if self.met else '**missed**'}"

    def as_json(self) -> dict[str, Any]:
        parts = {"goal": self.goal, "value": self.value, "target": self.target}
        return {**parts, "met": self.met}


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
        goals = [f"- {goal.text()}" for goal in self.goals]
        return "\n".join([f"## {self.title}", "", *self.lines, "", *goals, ""])

    def as_json(self) -> str:
        goals = [goal.as_json() for goal in self.goals]
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


def shown(value: float) -> str:
    """Return a figure with the digits that say something."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}"


def machine() -> str:
    """Say what it was measured on, and how busy that was with everything."""
    about = Path("/proc/cpuinfo")
    names = re.findall(r"^model name\s*: (.+)$", about.read_text(), re.M) if about.exists() else []
    kind = f" ({names[0].strip()})" if names else ""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{kind}, "
        f"Python {platform.python_version()}; load in the last minute {os.getloadavg()[0]:.1f}"
    )
