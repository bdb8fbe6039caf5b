"""Reviews as Google says them become rows: any number of times, in any order, with one result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from reviews.enums import Erasure
from reviews.google.payloads import Incoming
from reviews.models import Location, Review
from reviews.services import standing
from reviews.services.showing import refresh

SEEN = ("last_seen_at", "content_expires_at", "absences", "erasure")


@dataclass(frozen=True, slots=True)
class Stored:
    """How many were new, or had changed; whether each was known as it is."""

    new: int
    changed: int
    is_known: bool


@transaction.atomic
def store(location: Location, found: Iterable[Incoming], *, asked_at: datetime) -> Stored:
    """Write what Google answered to a question of that instant; who asked later knows better.

    Writers of one location wait for each other.
    """
    Location.objects.select_for_update().get(pk=location.pk)
    by_key = {each.key: each for each in found}
    rows = {row.key: row for row in location.reviews.filter(key__in=by_key)}
    unknown = [each for each in by_key.values() if is_news(rows.get(each.key), each)]
    new = [review_of(location, each, asked_at) for key, each in by_key.items() if key not in rows]
    changed, same = list[Review](), list[Review]()
    for row in rows.values():
        if row.last_seen_at <= asked_at and row.erasure != Erasure.ASKED:
            values = values_of(by_key[row.key])
            (changed if apply(row, values) else same).append(row)
    Review.objects.bulk_create(new)
    if changed:
        fields = [*values_of(by_key[changed[0].key]), *SEEN]
        for row in changed:
            see(row, asked_at)
        Review.objects.bulk_update(changed, fields)
    asked = [row.pk for row in rows.values() if row.erasure == Erasure.ASKED]
    Review.objects.filter(pk__in=asked).update(last_seen_at=asked_at)
    Review.objects.filter(pk__in=[row.pk for row in same]).update(
        last_seen_at=asked_at, content_expires_at=expiry(asked_at)
    )
    if new or changed:
        refresh(location)
    standing.note(rows.values(), at=asked_at)
    return Stored(len(new), len(changed), is_known=not unknown)


def is_news(row: Review | None, found: Incoming) -> bool:
    """Say whether a review, or its reply, is not known as it is."""
    if row is not None and row.erasure == Erasure.ASKED:
        return False
    return row is None or row.is_away or (row.changed_at, row.reply_at) != found.version


def review_of(location: Location, found: Incoming, at: datetime) -> Review:
    return see(Review(location=location, first_seen_at=at, **values_of(found)), at)


def see(row: Review, at: datetime) -> Review:
    """Note that Google had a review at an instant."""
    row.last_seen_at, row.content_expires_at = at, expiry(at)
    row.absences, row.erasure = 0, Erasure.NONE
    return row


def apply(row: Review, values: dict[str, Any]) -> bool:
    """Write values into a row, and say whether that changed anything a page may show."""
    is_changed = row.is_away or any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return is_changed


def expiry(seen_at: datetime) -> datetime:
    """Return until when what was seen at an instant may be kept."""
    return seen_at + timedelta(days=settings.REVIEW_DAYS)


def values_of(found: Incoming) -> dict[str, Any]:
    """Return the columns that Google decides."""
    reply = found.reply
    return {
        "key": found.key,
        "name": found.name,
        "stars": found.stars,
        "rating": found.rating,
        "original": found.told.original,
        "translation": found.told.translation,
        "raw": found.raw,
        "author": found.author[:200],
        "is_anonymous": found.is_anonymous,
        "written_at": found.written_at,
        "changed_at": found.changed_at,
        "media": list(found.media),
        "reply_original": reply.told.original if reply else "",
        "reply_translation": reply.told.translation if reply else "",
        "reply_raw": reply.raw if reply else "",
        "reply_at": reply.at if reply else None,
        "reply_state": reply.state[:40] if reply else "",
        "reply_violation": reply.violation if reply else "",
    }
