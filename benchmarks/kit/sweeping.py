"""A sweep of many locations, one after the other, by the code that workers run."""

import resource
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from benchmarks.kit.google import TOKEN, reviews_of
from benchmarks.kit.installation import note
from reviews.clients import pace
from reviews.clients.google import Google
from reviews.models import Connection, Location, Review
from reviews.services import reading, sweeping
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.models import Tenant

BATCH = 500
TENTHS = 10


@dataclass(frozen=True)
class Swept:
    """What it took: requests, seconds without waiting for turns, megabytes at each tenth."""

    locations: int
    reviews: int
    requests: int
    wrong: int
    """By how many rows there are not as many as there are reviews."""
    seconds: float
    megabytes: tuple[float, ...]

    def minutes_at(self, quota: int) -> float:
        """Return how long it takes at the rate at which we ask, with that quota."""
        return self.requests / (quota * pace.SHARE)

    @property
    def growth(self) -> float:
        """How much more memory there is at the end than after two tenths."""
        return self.megabytes[-1] / self.megabytes[1]


class Turns:
    """Gives turns at once, and counts them: each is a request."""

    taken = 0

    def take(self, host: str, *, now: float) -> float:
        """Take a turn."""
        self.taken += 1
        return 0.0


def sweep(url: str, slug: str, locations: int) -> Swept:
    """Have all locations of a company be swept."""
    turns, client = Turns(), Google(lambda _fresh: TOKEN)
    settings.GOOGLE_BASE_URL = url
    for name, module, value in (
        ("take", pace, turns.take),
        ("google", reading, lambda: client),
        ("google", sweeping, lambda: client),
    ):
        setattr(module, name, value)
    with tenant_scope(PLATFORM_ID):
        tenant = Tenant.objects.get(slug=slug)
    with tenant_scope(tenant):
        Connection.objects.create()
        keys = make(locations)
        note(f"There are {locations:,} locations.")
        return measured(keys, turns)


def make(locations: int) -> list[str]:
    """Have us know so many locations, of each of which a sweep is due."""
    at = timezone.now()
    rows = [
        Location(
            account="accounts/1", name=f"locations/{number}", property_id=uuid4(), sweep_due_at=at
        )
        for number in range(locations)
    ]
    Location.objects.bulk_create(rows, batch_size=BATCH)
    return [str(row.pk) for row in rows]


def measured(keys: list[str], turns: Turns) -> Swept:
    """Sweep, and look at memory at each tenth."""
    began, sizes = time.perf_counter(), list[float]()
    for number, key in enumerate(keys, 1):
        reading.read(location_id=key)
        if number % (len(keys) // TENTHS) == 0:
            sizes.append(resident())
            note(f"{number:,} are swept.")
    seconds = time.perf_counter() - began
    said = sum(reviews_of(number, len(keys)) for number in range(len(keys)))
    wrong = abs(said - Review.objects.count())
    return Swept(len(keys), said, turns.taken, wrong, seconds, tuple(sizes))


def resident() -> float:
    """Return the megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1_000_000
