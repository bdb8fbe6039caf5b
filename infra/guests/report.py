"""What Lighthouse measured, as a table with its goals, and what it complained of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any, NamedTuple

Result = dict[str, Any]


class Goal(NamedTuple):
    """A number of a result, how it is written, and when it is good enough."""

    title: str
    value: Callable[[Result], float]
    form: str
    is_met: Callable[[float], bool]
    wish: str
    kind: str = ""
    """The only kind of page that it is asked of, or "" for all."""


def score(category: str) -> Callable[[Result], float]:
    return lambda result: 100 * float(result["categories"][category]["score"] or 0)


def audit(name: str, divisor: float = 1) -> Callable[[Result], float]:
    return lambda result: float(result["audits"][name]["numericValue"]) / divisor


def requests(result: Result) -> float:
    return len(result["audits"]["network-requests"]["details"]["items"])


GOALS = (
    Goal("Performance", score("performance"), "{:.0f}", lambda n: n >= 95, "≥ 95"),
    Goal("Accessibility", score("accessibility"), "{:.0f}", lambda n: n >= 100, "100"),
    Goal("Best practices", score("best-practices"), "{:.0f}", lambda n: n >= 100, "100"),
    Goal("SEO", score("seo"), "{:.0f}", lambda n: n >= 100, "100"),
    Goal("LCP", audit("largest-contentful-paint", 1000), "{:.2f} s", lambda n: n < 1.2, "< 1.2 s"),
    Goal("CLS", audit("cumulative-layout-shift"), "{:.3f}", lambda n: n < 0.02, "< 0.02"),
    Goal(
        "Size",
        audit("total-byte-weight", 1000),
        "{:.0f} kB",
        lambda n: n < 300,
        "< 300 kB (home page)",
        "homepage",
    ),
    Goal("Requests", requests, "{:.0f}", lambda n: n <= 15, "≤ 15"),
)


@dataclass(frozen=True)
class Measurement:
    """The runs over one page in one theme."""

    theme: str
    kind: str
    results: list[Result]

    @cached_property
    def cells(self) -> list[str]:
        return [self._cell(goal) for goal in GOALS]

    @property
    def complaints(self) -> list[str]:
        """Return the last run's audits that cost points, each with what it points at."""
        result = self.results[-1]
        lines = []
        for name in sorted(weighed(result)):
            found = result["audits"][name]
            if found["score"] is not None and found["score"] < 0.9:
                shown = found.get("displayValue", "")
                lines.append(f"{self.theme} · {self.kind} · {name}: {found['title']} {shown}")
                lines += [f"    {item}" for item in culprits(found)]
        return lines

    def _cell(self, goal: Goal) -> str:
        number = median(goal.value(result) for result in self.results)
        text = goal.form.format(number)
        if goal.kind and goal.kind != self.kind:
            return text
        return f"{text} {'✓' if goal.is_met(number) else '✗'}"


def weighed(result: Result) -> set[str]:
    """Return the audits that count, and those that say what could be saved."""
    counted = {
        reference["id"]
        for category in result["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"] > 0
    }
    savings = {
        name
        for name, found in result["audits"].items()
        if found.get("details", {}).get("type") == "opportunity"
    }
    return counted | savings


def culprits(found: Result) -> list[str]:
    """Return the first elements or addresses that an audit names, and what each costs."""
    items = found.get("details", {}).get("items", [])[:8]
    return [
        " ".join(
            str(part)
            for part in (
                item.get("url") or (item.get("node") or {}).get("selector") or "",
                *(f"{key}={item[key]:.0f}" for key in ("wastedBytes", "wastedMs") if key in item),
            )
        )
        for item in items
        if isinstance(item, dict)
    ]


def report(version: str, runs: int, measurements: Iterable[Measurement]) -> str:
    """Return the page of the documentation."""
    titles = ["Theme", "Page", *(goal.title for goal in GOALS)]
    rows = [titles, ["---"] * len(titles), ["*goal*", "", *(goal.wish for goal in GOALS)]]
    rows += [[found.theme, found.kind, *found.cells] for found in measurements]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"""# What Lighthouse measures

Written by `./run lighthouse`: Lighthouse {version} as a phone on a slow network, the demo's sites,
static files as on a server, medians of {runs} runs. ✓ met, ✗ not met.

{table}
"""
