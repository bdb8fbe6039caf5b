"""Reviews that a house has in a file: they are its own word, and kept as long as it says them.

A file is all there is: what it lacks is deleted, what it repeats keeps what the house decided.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from reviews.enums import Erasure, Source, Stars
from reviews.models import Location, Review
from reviews.models.reviews import ReviewQuerySet
from reviews.rules.files import Filed
from reviews.services import showing
from tenancy import audit
from tenancy.models import Property, User
from tenancy.store.forgetting import forget_pages_on_commit


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: how many were new, stayed, and are gone."""

    new: int
    kept: int
    gone: int


class WouldDelete(Exception):
    """The file lacks `reviews` that there are, and nobody has said that these may go.

    Whoever says so names them by `mark`.
    """

    def __init__(self, reviews: ReviewQuerySet, mark: str) -> None:
        super().__init__("The file lacks reviews that there are.")
        self.reviews, self.mark = reviews, mark


@transaction.atomic
def take(
    *,
    house: Property,
    filed: Iterable[Filed],
    at: datetime,
    may_go: str | None = None,
    actor: User | None = None,
) -> Taken:
    """Have a house's file be all that it says; whoever comes second waits.

    Raises `WouldDelete`, and changes nothing, if others would have to go than those of the mark
    `may_go`; without one, any may.
    """
    location = lock(house)
    values = {each.key: values_of(each, house, at) for each in filed}
    lacking = missing(location, values)
    gone = lacking.count()
    if gone and may_go is not None and may_go != (mark := mark_of(lacking)):
        raise WouldDelete(lacking, mark)
    lacking.delete()
    new, kept = write(location, values, at)
    taken = Taken(new, kept, gone)
    sum_up(location, [each["stars"] for each in values.values()])
    audit.record("reviews.file.take", location, actor=actor, data=asdict(taken))
    forget_pages_on_commit()
    return taken


def missing(location: Location, keys: Collection[str]) -> ReviewQuerySet:
    """Return the reviews that a file lacks; what was erased because somebody asked is none."""
    found: ReviewQuerySet = Review.objects.filter(location=location).exclude(key__in=keys)
    return found.exclude(erasure=Erasure.ASKED)


def mark_of(reviews: ReviewQuerySet) -> str:
    """Return what is another for other reviews of a file."""
    keys = "\n".join(reviews.order_by("key").values_list("key", flat=True))
    return hashlib.sha256(keys.encode()).hexdigest()


def write(location: Location, values: dict[str, dict[str, Any]], at: datetime) -> tuple[int, int]:
    """Write the rows that are to be, by their keys; return how many are new, and how many known."""
    rows = {row.key: row for row in location.reviews.all()}
    kept = [row for key, row in rows.items() if key in values and row.erasure != Erasure.ASKED]
    for row in kept:
        for name, value in values[row.key].items():
            setattr(row, name, value)
    if kept:
        Review.objects.bulk_update(kept, [*values[kept[0].key]])
    new = [
        Review(location=location, key=key, first_seen_at=at, **each)
        for key, each in values.items()
        if key not in rows
    ]
    Review.objects.bulk_create(new)
    return len(new), len(kept)


@transaction.atomic
def drop(*, file: Location, actor: User | None = None) -> None:
    """Delete a house's file, and all that it said.

    What was erased because somebody asked is remembered: the same file would bring it back.
    Whoever sends another one at the same time waits.
    """
    Location.objects.select_for_update().filter(pk=file.pk).first()
    audit.record("reviews.file.drop", file, actor=actor)
    showing.withdraw(file)
    missing(file, ()).delete()
    if not file.reviews.exists():
        file.delete()
    forget_pages_on_commit()


def lock(house: Property) -> Location:
    """Return the house's file, of which there is one, locked."""
    found: tuple[Location, bool] = Location.objects.select_for_update().get_or_create(
        source=Source.FILE,
        property_id=house.pk,
        defaults={"name": f"file/{house.pk}", "title": house.name},
    )
    return found[0]


def values_of(filed: Filed, house: Property, at: datetime) -> dict[str, Any]:
    """Return the columns that a file decides."""
    written = datetime.combine(filed.day, time(12), tzinfo=ZoneInfo(house.timezone))
    return {
        "stars": filed.stars,
        "rating": Stars(filed.stars).name,
        "original": filed.text,
        "raw": filed.text,
        "author": filed.author,
        "is_anonymous": not filed.author,
        "written_at": written,
        "changed_at": written,
        "reply_original": filed.answer,
        "reply_at": written if filed.answer else None,
        "last_seen_at": at,
    }


def sum_up(location: Location, stars: list[int]) -> None:
    """Write down how many there are and their average, and have pages show them."""
    location.total, location.average = len(stars), round(fmean(stars), 2) if stars else None
    location.save(update_fields=["total", "average"])
    showing.refresh(location)
