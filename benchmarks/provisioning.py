"""What provisioning one more tenant costs among 10 tenants, 1,000 and 10,000.

Each size has a database of its own, filled with copies of a provisioned tenant. The sizes take
turns, so that whatever else the machine does falls on all alike.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.kit import cpu
from benchmarks.kit.databases import OWNER, Databases, owner_url
from benchmarks.kit.installation import install, manage
from benchmarks.kit.options import parser
from benchmarks.kit.report import Goal, Report, machine, tell
from benchmarks.kit.sizes import MODEL, database, fill, sample

SIZES, ROUNDS = (10, 1_000, 10_000), 9
QUICK_SIZES, QUICK_ROUNDS = (10, 100), 2
TARGET = 1.1
MEASURES = ("queries", "cpu", "wall")


@dataclass(frozen=True)
class Cost:
    """What one provisioning took: queries; seconds of CPU, here and in PostgreSQL; seconds."""

    queries: int
    cpu: float
    wall: float


Costs = Mapping[int, Sequence[Cost]]


def main() -> int:
    options = parser("provisioning").parse_args()
    sizes, rounds = (QUICK_SIZES, QUICK_ROUNDS) if options.quick else (SIZES, ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        install([sample("sol", MODEL, Path(folder))])
        rows = fill(sizes)
        costs = take_turns(sizes, rounds, Path(folder))
    migrations = {size: seconds_of_migrate(size) for size in sizes}
    return tell(report(rows, costs, migrations), as_json=options.json, write=options.write)


def take_turns(sizes: Sequence[int], rounds: int, folder: Path) -> Costs:
    """Provision new tenants, one in each database by turns; the first warms, and does not count."""
    costs: dict[int, list[Cost]] = {size: [] for size in sizes}
    with closing(Databases()) as databases:
        for number in range(rounds + 1):
            path = sample("lua", f"bench-{number}", folder)
            turn = number % len(sizes)
            for size in (*sizes[turn:], *sizes[:turn]):
                with databases.using(database(size)) as connection:
                    cost = cost_of(path, connection)
                if number:
                    costs[size].append(cost)
    return costs


def cost_of(path: Path, connection: Any) -> Cost:
    from sites.provisioning import apply, reader  # noqa: PLC0415 (after setup)

    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    file = reader.read(path)
    with connection.execute_wrapper(count):
        used, began = cpu.of_connection(connection), time.perf_counter()
        apply.provision(file)
        used = cpu.of_connection(connection) - used
        return Cost(queries, used, time.perf_counter() - began)


def seconds_of_migrate(size: int) -> float:
    """Return how long `migrate` takes, guarding included, where there is nothing to migrate."""
    began = time.perf_counter()
    manage("migrate", "-v0", **{OWNER: owner_url(database(size)), "DATABASE_ROLE": "owner"})
    return time.perf_counter() - began


def report(rows: Mapping[str, int], costs: Costs, migrations: Mapping[int, float]) -> Report:
    few, many = min(costs), max(costs)
    ratios = {
        measure: median(costs[many], measure) / median(costs[few], measure) for measure in MEASURES
    }
    return Report(
        name="provisioning",
        title="Provisioning one more tenant",
        lines=[*table(costs, migrations), "", *remarks(rows, costs)],
        figures={
            "rows_per_tenant": dict(rows),
            "medians": {
                str(size): {measure: median(costs[size], measure) for measure in MEASURES}
                for size in costs
            },
            "migrate_seconds": {str(size): seconds for size, seconds in migrations.items()},
        },
        goals=[
            Goal(f"{measure}, {many:,} tenants to {few}", round(ratio, 3), TARGET)
            for measure, ratio in ratios.items()
        ],
    )


def table(costs: Costs, migrations: Mapping[int, float]) -> Iterator[str]:
    yield "| tenants | queries | CPU s | wall s | `migrate` without news, s |"
    yield "|---:|---:|---:|---:|---:|"
    for size, each in costs.items():
        cells = [f"{size:,}", f"{median(each, 'queries'):.0f}"]
        cells += [with_spread(each, measure) for measure in ("cpu", "wall")]
        yield f"| {' | '.join([*cells, f'{migrations[size]:.1f}'])} |"


def remarks(rows: Mapping[str, int], costs: Costs) -> Iterator[str]:
    rounds = len(costs[min(costs)])
    largest = sorted(rows, key=lambda name: -rows[name])[:8]
    yield (
        f"Medians of {rounds} rounds, with the middle half in brackets; CPU is this process's and "
        "PostgreSQL's. The sizes took turns. A new tenant has two motels."
    )
    yield (
        f"Each tenant that was there has {sum(rows.values())} rows in {len(rows)} tables: "
        f"{', '.join(f'{rows[name]} in `{name}`' for name in largest)} …"
    )
    yield f"Measured on {machine()}."


def median(costs: Sequence[Cost], measure: str) -> float:
    return float(statistics.median(getattr(cost, measure) for cost in costs))


def with_spread(costs: Sequence[Cost], measure: str) -> str:
    low, middle, high = statistics.quantiles((getattr(c, measure) for c in costs), n=4)
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


if __name__ == "__main__":
    sys.exit(main())
