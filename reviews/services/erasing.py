"""What is gone, or may not be kept any longer, is erased: from the row, and so from everything.

Pages, exports and lists read rows; the summary that follows makes pages that were kept old, and
each run that erases something has them forgotten.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from reviews.enums import Erasure, Sending
from reviews.models import Location, Reply, Review
from reviews.services.showing import refresh
from tenancy.store.forgetting import forget_pages_on_commit

BATCH = 500
ERASED: dict[str, Any] = {
    "original": "",
    "translation": "",
    "raw": "",
    "author": "",
    "media": [],
    "reply_original": "",
    "reply_translation": "",
    "reply_raw": "",
    "sending": Sending.NONE,
    "sending_text": "",
    "sending_problem": "",
    "sending_at": None,
    "sending_digests": [],
}
"""What is personal, or a guest's or the house's own words."""


def erase(reviews: "QuerySet[Review]", erasure: Erasure) -> int:
    """Erase the content of reviews, and what the house drafted in answer; return how many.

    Their pages are refreshed, and forgotten, later.
    """
    keys = list(reviews.values_list("pk", flat=True))
    count = Review.objects.filter(pk__in=keys).update(**ERASED, erasure=erasure)
    Reply.objects.filter(review__in=keys).delete()  # after it, so that nothing is taken back
    return count


@transaction.atomic
def erase_on_demand(review_id: UUID) -> bool:
    """Erase what somebody said because they ask; neither a reading nor a file brings it back.

    Nor one that has looked at it already: whoever writes a location's reviews is waited for.
    """
    asked = Review.objects.filter(pk=review_id).exclude(erasure=Erasure.ASKED)
    writing = Location.objects.select_for_update().filter(pk__in=asked.values("location_id"))
    locations = [row.pk for row in writing]
    count = erase(asked, Erasure.ASKED)
    refresh_all(locations)
    if count:
        forget_pages_on_commit()
    return bool(count)


def expire(*, at: datetime) -> int:
    """Erase what was kept until an instant; return how much. In batches, each by itself."""
    erased = 0
    try:
        while count := _expire_some(at):
            erased += count
    finally:
        if erased:
            forget_pages_on_commit()
    return erased


@transaction.atomic
def _expire_some(at: datetime) -> int:
    due = Review.objects.filter(erasure=Erasure.NONE, content_expires_at__lte=at)
    rows = list(due.select_for_update(skip_locked=True)[:BATCH])
    erase(Review.objects.filter(pk__in=[row.pk for row in rows]), Erasure.EXPIRED)
    refresh_all({row.location_id for row in rows})
    return len(rows)


def refresh_all(locations: Iterable[Any]) -> None:
    """Write again what pages show of these locations."""
    for location in Location.objects.filter(pk__in=locations):
        refresh(location)
