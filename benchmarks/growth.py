"""What each request and task costs among 10 tenants and among 10,000, and a process's memory.

Two databases, filled with copies of a provisioned tenant; the tenant that is measured is
provisioned last, and has pages in three languages. The sizes take turns.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.kit import cpu
from benchmarks.kit.databases import OWNER, Databases, owner_url
from benchmarks.kit.installation import install, manage, note
from benchmarks.kit.memory import Memory, memory_of_web_process
from benchmarks.kit.options import parser
from benchmarks.kit.report import Goal, Report, machine, shown, tell
from benchmarks.kit.sizes import MODEL, database, fill, sample
from benchmarks.kit.spread import median, ratio, with_spread

SIZES, ROUNDS, PROVISIONED, REQUESTS = (10, 10_000), 9, 3, 10_000
QUICK = (10, 100), 2, 1, 400
MOST_GROWTH, MOST_MILLISECONDS, MOST_MEGABYTES, MOST_MEMORY_GROWTH = 1.1, 150, 200, 1.05
SCREENS = ("editor:", "owner:", "operator:")
LISTS_OF_ALL = ("operator: companies", "operator: domains")
"""Of all tenants, 50 to a page: with 10 they are shorter, so no ratio is asked of them."""
ENOUGH_SECONDS, MOST_TIMES = 0.05, 20
"""What is short is done several times at a stretch."""
PROVISION = "provision a tenant"
MIGRATE = "`migrate` without news"


Act = Callable[[], object]


@dataclass
class Costs:
    """What one act took each time."""

    queries: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Milliseconds, here and in PostgreSQL."""
    wall: list[float] = field(default_factory=list)
    """Milliseconds."""


def repetitions(act: Act) -> int:
    """Do something once, which warms up, and return how often it fits into the time for it."""
    began = time.perf_counter()
    act()
    return max(1, min(MOST_TIMES, int(ENOUGH_SECONDS / (time.perf_counter() - began))))


class Ledger:
    """Costs by the name of the act and the number of tenants."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = sizes
        self.acts: dict[str, dict[int, Costs]] = {}

    def costs(self, name: str, size: int) -> Costs:
        return self.acts.setdefault(name, {}).setdefault(size, Costs())

    def count(
        self, name: str, size: int, act: Act, connection: Any, *, is_repeatable: bool = True
    ) -> None:
        """Do something so often that it can be measured, and write down what it took once."""
        queries = 0
        times = repetitions(act) if is_repeatable else 1

        def noted(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*arguments)

        with connection.execute_wrapper(noted):
            used, began = cpu.of_connection(connection), time.perf_counter()
            for _time in range(times):
                act()
            wall, used = time.perf_counter() - began, cpu.of_connection(connection) - used
        found = self.costs(name, size)
        found.queries.append(queries / times)
        found.cpu.append(used / times * 1e3)
        found.wall.append(wall / times * 1e3)

    def growth(self, name: str) -> float:
        """Return what the act costs among many, to what it costs among few."""
        few, many = (self.costs(name, size) for size in (min(self.sizes), max(self.sizes)))
        return ratio(many.cpu or many.wall, few.cpu or few.wall)


def main() -> int:
    options = parser("growth").parse_args()
    sizes, rounds, provisioned, requests = (
        QUICK if options.quick else (SIZES, ROUNDS, PROVISIONED, REQUESTS)
    )
    with tempfile.TemporaryDirectory() as folder:
        install([sample("sol", MODEL, Path(folder), in_spanish=True)])
        prepare()
    rows = fill(sizes)
    ledger = Ledger(sizes)
    with closing(Databases()) as databases:
        measure_provisioning(ledger, databases, provisioned)
        measure_acts(ledger, databases, rounds)
    measure_migrations(ledger)
    memory = memory_of_web_process(max(sizes), requests)
    found = report(ledger, rows, memory)
    return tell(found, as_json=options.json, write=options.write)


def prepare() -> None:
    """Complete the tenant that is copied: its renditions are rows as well."""
    from benchmarks.kit.pictures import make_pictures  # noqa: PLC0415 (after setup)

    make_pictures(MODEL)


# --- measuring ------------------------------------------------------------------------------------


def measure_provisioning(ledger: Ledger, databases: Databases, times: int) -> None:
    """Provision the tenant that everything else is measured at, and others."""
    from benchmarks.kit.acts import SLUG, provision_tenant  # noqa: PLC0415 (after setup)

    for number in range(times):
        slug = f"{SLUG}-{number}" if number else SLUG
        for size in ledger.sizes:
            with databases.using(database(size)) as connection:
                act = partial(provision_tenant, slug)
                ledger.count(PROVISION, size, act, connection, is_repeatable=False)
    note("Provisioned.")


def measure_acts(ledger: Ledger, databases: Databases, rounds: int) -> None:
    """Let the sizes take turns; what is done first in a turn warms up, and does not count."""
    from benchmarks.kit.acts import Tenancy  # noqa: PLC0415 (after setup)

    tenancies: dict[int, Tenancy] = {}
    for number in range(rounds):
        for size in ledger.sizes[:: -1 if number % 2 else 1]:
            with databases.using(database(size)) as connection:
                tenancy = tenancies.get(size) or tenancies.setdefault(size, Tenancy())
                for name, act in tenancy.acts().items():
                    ledger.count(name, size, act, connection)
        note(f"Round {number + 1} of {rounds}.")


def measure_migrations(ledger: Ledger) -> None:
    for size in (*ledger.sizes, *ledger.sizes[::-1], *ledger.sizes):
        began = time.perf_counter()
        manage("migrate", "-v0", **{OWNER: owner_url(database(size)), "DATABASE_ROLE": "owner"})
        ledger.costs(MIGRATE, size).wall.append((time.perf_counter() - began) * 1e3)


# --- telling --------------------------------------------------------------------------------------


def report(ledger: Ledger, rows: Mapping[str, int], memory: Memory) -> Report:
    return Report(
        name="growth",
        title="What grows with the number of tenants",
        lines=[*table(ledger), "", *remarks(ledger, rows, memory)],
        figures={
            "rows_per_tenant": dict(rows),
            "acts": {
                name: {str(size): medians(costs) for size, costs in sizes.items()}
                | {"growth": round(ledger.growth(name), 3)}
                for name, sizes in ledger.acts.items()
            },
            "memory": asdict(memory),
        },
        goals=[*goals(ledger), *memory_goals(memory)],
    )


def medians(costs: Costs) -> dict[str, float]:
    return {name: round(median(each), 2) for name, each in vars(costs).items() if each}


def goals(ledger: Ledger) -> Iterator[Goal]:
    many = max(ledger.sizes)
    for name in (each for each in ledger.acts if each not in LISTS_OF_ALL):
        yield Goal(f"{name}, {many:,} tenants to 10", round(ledger.growth(name), 2), MOST_GROWTH)
    screens = {name: median(sizes[many].wall) for name, sizes in screens_of(ledger).items()}
    slowest = max(screens, key=lambda name: screens[name])
    yield Goal(f"slowest screen ({slowest}), ms", round(screens[slowest], 1), MOST_MILLISECONDS)


def memory_goals(memory: Memory) -> Iterator[Goal]:
    yield Goal("memory of a web process, MB", round(memory.at_most), MOST_MEGABYTES)
    yield Goal("the same, last to middle request", round(memory.growth, 3), MOST_MEMORY_GROWTH)


def screens_of(ledger: Ledger) -> dict[str, dict[int, Costs]]:
    return {name: each for name, each in ledger.acts.items() if name.startswith(SCREENS)}


def table(ledger: Ledger) -> Iterator[str]:
    few, many = min(ledger.sizes), max(ledger.sizes)
    yield (
        f"| what | queries, {few} | {many:,} | CPU ms, {few} | {many:,} "
        f"| ms, {many:,} | {many:,} to {few} |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, sizes in ledger.acts.items():
        first, last = sizes[few], sizes[many]
        cells = [shown(median(each)) if each else "" for each in (first.queries, last.queries)]
        cells = [cell.removesuffix(".00") for cell in cells]
        cells += [with_spread(each) if each else "" for each in (first.cpu, last.cpu, last.wall)]
        yield f"| {' | '.join([name, *cells, shown(ledger.growth(name))])} |"


def remarks(ledger: Ledger, rows: Mapping[str, int], memory: Memory) -> Iterator[str]:
    rounds = max(len(sizes[min(sizes)].wall) for sizes in ledger.acts.values())
    yield (
        f"Medians of {rounds} rounds, with the middle half in brackets; the last column is the "
        "middle of the rounds' ratios of CPU, this process's and PostgreSQL's together (of time, "
        f"for `migrate`). Each of the other tenants has {sum(rows.values())} rows in {len(rows)} "
        "tables. Guests' pages are rendered, past the page store; caches are warm but where it "
        "says otherwise. The operators' lists are of all tenants, 50 to a page: shorter with 10."
    )
    yield memory.remark()
    yield f"Measured on {machine()}."


if __name__ == "__main__":
    sys.exit(main())
