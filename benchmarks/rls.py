"""What row-level security costs, and what it costs to tell PostgreSQL the tenant.

The same statements in two copies of a database, one with its policies switched off by the owner;
then one small statement over cursors that name the tenant in different ways. All take turns.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.kit import cpu
from benchmarks.kit.databases import Databases, copy_database, owner_url
from benchmarks.kit.installation import install, note
from benchmarks.kit.options import parser
from benchmarks.kit.report import Goal, Report, machine, shown, tell
from benchmarks.kit.sizes import MODEL, database, fill, sample
from benchmarks.kit.spread import median, ratio, with_spread

SIZE, ROUNDS, TIMES = 1_000, 60, 100
QUICK = 50, 10, 100
OFF_DATABASE = "alcova_off"
ON, OFF = "on", "off"
PLAIN, OURS = "Django's cursor, no tenant", "ours, in the same message"
IN_TRANSACTION = "a transaction with SET LOCAL"
MOST_SECURITY, MOST_TRANSPORT = 1.10, 1.15
READS = ("point read", "list")

TABLES = """
    SELECT format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', oid::regclass)
    FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p')
"""

Statement = tuple[str, Any]
Send = Callable[[], None]


@dataclass
class Sides:
    """Microseconds for one statement in each round, by side."""

    time: dict[str, list[float]] = field(default_factory=dict)
    """The median of a round: whatever interrupts one of a hundred does not count."""
    both: dict[str, list[float]] = field(default_factory=dict)
    """Of CPU, the client's and PostgreSQL's."""
    server: dict[str, list[float]] = field(default_factory=dict)
    """Of CPU, PostgreSQL's alone."""

    def measure(self, side: str, connection: Any, send: Send, times: int) -> None:
        """Send something so many times, and write down what it took."""
        send()
        connection.ensure_connection()
        backend = connection.connection.info.backend_pid
        here, there = cpu.of_this_process(), cpu.of_process(backend)
        moments = [time.perf_counter()]
        for _time in range(times):
            send()
            moments.append(time.perf_counter())
        there = (cpu.of_process(backend) - there) / times * 1e6
        here = (cpu.of_this_process() - here) / times * 1e6
        took = median([end - begin for begin, end in pairwise(moments)])
        self.time.setdefault(side, []).append(took * 1e6)
        self.both.setdefault(side, []).append(here + there)
        self.server.setdefault(side, []).append(there)

    def ratio(self, side: str, other: str) -> float:
        return ratio(self.time[side], self.time[other])

    def figures(self) -> dict[str, dict[str, float]]:
        return {
            side: {name: median(sides[side]) for name, sides in vars(self).items()}
            for side in self.both
        }


def main() -> int:
    options = parser("rls").parse_args()
    size, rounds, times = QUICK if options.quick else (SIZE, ROUNDS, TIMES)
    with tempfile.TemporaryDirectory() as folder:
        install([sample("sol", MODEL, Path(folder))])
    fill([size])
    copy_database(OFF_DATABASE, database(size))
    switch_off(OFF_DATABASE)
    names = {ON: database(size), OFF: OFF_DATABASE}
    with closing(Databases()) as databases:
        security = measure_security(databases, names, rounds, times)
        transport = measure_transport(databases, rounds, times)
        trips = count_round_trips(databases)
    found = report(security, transport, trips, size)
    return tell(found, as_json=options.json, write=options.write)


def switch_off(name: str) -> None:
    with psycopg.connect(owner_url(name), autocommit=True) as owner:
        for (statement,) in owner.execute(TABLES).fetchall():
            owner.execute(statement)
        owner.execute("VACUUM ANALYZE")


# --- row-level security ---------------------------------------------------------------------------


def measure_security(
    databases: Databases, names: Mapping[str, str], rounds: int, times: int
) -> dict[str, Sides]:
    from benchmarks.kit.statements import statements  # noqa: PLC0415 (after setup)
    from tenancy.context import tenant_scope  # noqa: PLC0415 (after setup)

    with databases.using(names[ON]):
        tenant, wanted = statements()
    found = {name: Sides() for name in wanted}
    for number in range(rounds):
        for side in sorted(names, reverse=bool(number % 2)):
            with databases.using(names[side]) as connection, tenant_scope(tenant):
                for name, statement in wanted.items():
                    send = partial(through_django, connection, statement)
                    found[name].measure(side, connection, send, times)
    note("Row-level security is measured.")
    return found


def through_django(connection: Any, statement: Statement) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        if cursor.description:
            cursor.fetchall()


# --- transport ------------------------------------------------------------------------------------


def measure_transport(databases: Databases, rounds: int, times: int) -> Sides:
    """Have one small statement sent in each way, where no policy asks for a tenant."""
    from benchmarks.kit.statements import statements  # noqa: PLC0415 (after setup)
    from tenancy.context import tenant_scope  # noqa: PLC0415 (after setup)

    found = Sides()
    with databases.using(OFF_DATABASE) as connection:
        tenant, wanted = statements()
        ways = ways_of_sending(connection, tenant, wanted["point read, suite type"])
        with tenant_scope(tenant):
            for number in range(rounds):
                for name in sorted(ways, reverse=bool(number % 2)):
                    found.measure(name, connection, ways[name], times)
    note("The transport is measured.")
    return found


def ways_of_sending(connection: Any, tenant: int, statement: Statement) -> dict[str, Send]:
    from django.db.backends.postgresql.base import Cursor  # noqa: PLC0415 (after setup)

    from tenancy.cursor import TenantCursor  # noqa: PLC0415 (after setup)

    connection.ensure_connection()
    raw = connection.connection

    def send(kind: Any) -> None:
        with kind(raw) as cursor:
            cursor.execute(*statement)
            cursor.fetchall()

    def send_in_transaction() -> None:
        plain: Any = Cursor
        with raw.transaction(), plain(raw) as cursor:
            cursor.execute(f"SET LOCAL app.tenant_id = '{tenant}'")
            cursor.execute(*statement)
            cursor.fetchall()

    return {
        PLAIN: partial(send, Cursor),
        OURS: partial(send, TenantCursor),
        IN_TRANSACTION: send_in_transaction,
    }


def count_round_trips(databases: Databases) -> dict[str, int]:
    """Return how often each way waits for the server; psycopg can trace that on Linux only."""
    from benchmarks.kit.statements import statements  # noqa: PLC0415 (after setup)
    from tenancy.context import tenant_scope  # noqa: PLC0415 (after setup)

    if sys.platform != "linux":
        return {}
    with databases.using(OFF_DATABASE) as connection:
        tenant, wanted = statements()
        ways = ways_of_sending(connection, tenant, wanted["point read, suite type"])
        with tenant_scope(tenant):
            return {name: round_trips(connection, send) for name, send in ways.items()}


def round_trips(connection: Any, send: Send) -> int:
    pgconn = connection.connection.pgconn
    with tempfile.TemporaryFile() as file:
        pgconn.trace(os.dup(file.fileno()))  # libpq closes what it is given
        try:
            send()
        finally:
            pgconn.untrace()
        file.seek(0)
        return sum(b"ReadyForQuery" in line for line in file)


# --- telling --------------------------------------------------------------------------------------


def report(
    security: Mapping[str, Sides], transport: Sides, trips: Mapping[str, int], size: int
) -> Report:
    return Report(
        name="rls",
        title="Row-level security, and telling PostgreSQL the tenant",
        lines=[
            *security_table(security),
            "",
            *transport_table(transport, trips),
            "",
            *remarks(transport, size),
        ],
        figures={
            "security": {name: sides.figures() for name, sides in security.items()},
            "transport": transport.figures(),
            "round_trips": dict(trips),
        },
        goals=list(goals(security, transport, trips)),
    )


def goals(
    security: Mapping[str, Sides], transport: Sides, trips: Mapping[str, int]
) -> Iterator[Goal]:
    for name, sides in security.items():
        if name.startswith(READS):
            cost = round(sides.ratio(ON, OFF), 3)
            yield Goal(f"{name}, with row-level security to without", cost, MOST_SECURITY)
    cost = round(transport.ratio(OURS, PLAIN), 3)
    yield Goal("a small statement, ours to a plain cursor", cost, MOST_TRANSPORT)
    if trips:
        yield Goal("extra round trips", trips[OURS] - trips[PLAIN], 0)


def security_table(security: Mapping[str, Sides]) -> Iterator[str]:
    yield "| statement | µs with policies | without | ratio | ratio of CPU | PostgreSQL's alone |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, sides in security.items():
        cells = [with_spread(sides.time[side]) for side in (ON, OFF)]
        for each in (sides.time, sides.both, sides.server):
            cells.append(shown(ratio(each[ON], each[OFF])))
        yield f"| {' | '.join([name, *cells])} |"


def transport_table(transport: Sides, trips: Mapping[str, int]) -> Iterator[str]:
    yield "| a small statement | µs | ratio | ratio of CPU | round trips |"
    yield "|---|---:|---:|---:|---:|"
    for name, values in transport.time.items():
        cells = [with_spread(values), shown(transport.ratio(name, PLAIN))]
        cells.append(shown(ratio(transport.both[name], transport.both[PLAIN])))
        yield f"| {' | '.join([name, *cells, str(trips.get(name, 'not counted'))])} |"


def remarks(transport: Sides, size: int) -> Iterator[str]:
    yield (
        f"Among {size:,} tenants. Medians of {len(transport.both[PLAIN])} rounds, with the middle "
        "half in brackets; a ratio is the middle of the rounds' ratios. Time is from cursor to "
        "rows, without Django's ORM; CPU is the client's and PostgreSQL's. The statements are what "
        "Django sends; where our own querysets name the tenant, they do so on both sides."
    )
    yield (
        "Pages below one are asked for by `LIKE` on their path, which is not leakproof: under a "
        "policy PostgreSQL reads all of the tenant's pages by the index of `tenant_id` instead, "
        "which grows with the tenant's own pages, not with tenants."
    )
    yield f"Measured on {machine()}."


if __name__ == "__main__":
    sys.exit(main())
