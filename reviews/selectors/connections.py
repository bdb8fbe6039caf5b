"""What the connection's screen shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q

from reviews.clients.google import ACCOUNTS, LOCATIONS, REVIEWS
from reviews.clients.oauth import TOKENS
from reviews.enums import OPEN_RUNS, Source
from reviews.models import Connection, ImportRun, Location
from reviews.pauses import paused_until
from tenancy.models import Property


@dataclass(frozen=True)
class Progress:
    """How far a reading is; `percent` is None where nobody knows how much there is."""

    run: ImportRun
    percent: int | None


@dataclass(frozen=True)
class Place:
    """A location, with what was read of it."""

    location: Location
    house: Property | None
    count: int
    progress: Progress | None
    last: ImportRun | None


@dataclass(frozen=True)
class Overview:
    """A company's connection, and its locations.

    Until when nothing is read, or no locations are listed, is Google's wish.
    """

    is_available: bool
    connection: Connection | None
    paused_until: datetime | None
    listing_paused_until: datetime | None
    places: list[Place]
    houses: list[Property]


def overview(*, at: datetime) -> Overview:
    """Return what there is to say of a company's connection."""
    houses = list(Property.objects.order_by("name"))
    return Overview(
        is_available=bool(settings.GOOGLE_CLIENT_ID and settings.GOOGLE_CLIENT_SECRET),
        connection=Connection.objects.first(),
        paused_until=paused_until(REVIEWS, TOKENS, at=at),
        listing_paused_until=paused_until(ACCOUNTS, LOCATIONS, TOKENS, at=at),
        places=places({house.pk: house for house in houses}),
        houses=houses,
    )


def places(houses: dict[UUID, Property]) -> list[Place]:
    """Return the company's locations on Google, in the order of their names."""
    kept = Count("reviews", filter=Q(reviews__erasure=""))
    rows = Location.objects.filter(source=Source.GOOGLE).annotate(kept=kept).order_by("title", "pk")
    runs = last_runs()
    return [
        Place(
            location=row,
            house=houses.get(row.property_id) if row.property_id else None,
            count=row.kept,
            progress=progress_of(row, runs.get(row.pk)),
            last=ended(runs.get(row.pk)),
        )
        for row in rows
    ]


def last_runs() -> dict[Any, ImportRun]:
    """Return the last reading of each location."""
    rows = ImportRun.objects.order_by("location_id", "-started_at").distinct("location_id")
    return {row.location_id: row for row in rows}


def progress_of(location: Location, run: ImportRun | None) -> Progress | None:
    """Return how far a reading is that goes on."""
    if run is None or run.state not in OPEN_RUNS:
        return None
    total = run.most_total
    return Progress(run, min(100, 100 * run.read // total) if total else None)


def ended(run: ImportRun | None) -> ImportRun | None:
    """Return the reading, if it is over."""
    return run if run is not None and run.state not in OPEN_RUNS else None
