"""Many threads, two tenants, few connections: every answer is compared with the right one."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection
from django.db.transaction import atomic
from django.test import Client

from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.models import Tenant
from tests.isolation.aims import Aim, equip, take_aim
from tests.isolation.operations import LOOKUPS, READS, WRITES
from tests.isolation.tries import found

THREADS = 12
ROUNDS = 90
IN_TRANSACTIONS_ONLY = {"COPY", "select_for_update"}

Job = Callable[[Aim, Aim], None]


@contextmanager
def committed_aims() -> Iterator[tuple[Aim, Aim]]:
    """Take aim at two tenants for others' connections to see; tidy up afterwards."""
    with tenant_scope(PLATFORM_ID):
        tenants = [Tenant.objects.get(slug=slug) for slug in ("lua", "sol")]
    made = {tenant: equip(tenant) for tenant in tenants}
    with atomic():
        ours, theirs = (take_aim(tenant) for tenant in tenants)
    yield ours, theirs
    for tenant, rows in made.items():
        with tenant_scope(tenant):
            for row in reversed(rows):
                row.delete()


def read_alone(name: str) -> Job:
    def job(mine: Aim, other: Aim) -> None:
        with tenant_scope(mine.tenant):
            assert set(READS[name](mine)) == mine.types

    return job


def read_both(name: str) -> Job:
    def job(mine: Aim, other: Aim) -> None:
        """Read as one tenant, as the other within, and as the first again, in a transaction."""
        with atomic(), tenant_scope(mine.tenant):
            assert set(READS[name](mine)) == mine.types
            with tenant_scope(other.tenant):
                assert set(READS[name](other)) == other.types
            assert set(READS[name](mine)) == mine.types

    return job


def look_up(name: str) -> Job:
    def job(mine: Aim, other: Aim) -> None:
        with tenant_scope(mine.tenant):
            assert found(LOOKUPS[name], mine) == {mine.type}
            assert found(LOOKUPS[name], other) == set()

    return job


def write(name: str) -> Job:
    def job(mine: Aim, other: Aim) -> None:
        """Write, see that the other tenant has what it had, and take it back."""
        with atomic():
            with connection.cursor() as cursor:  # two writers of the same rows could deadlock
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [mine.tenant])
            with tenant_scope(mine.tenant):
                WRITES[name](mine)
            with tenant_scope(other.tenant):
                assert set(READS["all"](other)) == other.types
            connection.set_rollback(True)

    return job


JOBS: list[Job] = [
    *(read_alone(name) for name in READS if name not in IN_TRANSACTIONS_ONLY),
    *(read_both(name) for name in READS),
    *(look_up(name) for name in LOOKUPS),
    *(write(name) for name in WRITES),
]


def in_threads(aims: Sequence[Aim], *, close: bool = False) -> Counter[int]:
    """Run all jobs, mixed, in threads; return how many ran on each connection of the server.

    Raises the first wrong answer. `close` gives the connection back after each job.
    """

    def work(number: int) -> Counter[int]:
        used: Counter[int] = Counter()
        try:
            for turn in range(ROUNDS):
                mine, other = aims if (number + turn) % 2 else reversed(aims)
                JOBS[(number * ROUNDS + turn * 7) % len(JOBS)](mine, other)
                used[backend()] += 1
                if close:
                    connection.close()
        finally:
            connection.close()
        return used

    return total(work)


def backend() -> int:
    """Return the process of the server that answers this connection at the moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def requests_in_threads(*, rounds: int = 4) -> Counter[int]:
    """Have each thread be a guest of both motels in turn; return what `in_threads` does."""

    def work(number: int) -> Counter[int]:
        used: Counter[int] = Counter()
        try:
            for turn in range(rounds):
                visit("sol.localhost" if (number + turn) % 2 else "lua.localhost")
                used[backend()] += 1
                connection.close()
        finally:
            connection.close()
        return used

    return total(work)


def visit(host: str) -> None:
    response = Client(HTTP_HOST=host).get("/")
    assert response.status_code == 200
    assert (b"SOLMARK" in response.content) == (host == "sol.localhost")


def total(work: Callable[[int], Counter[int]]) -> Counter[int]:
    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(work, range(THREADS)), Counter())
