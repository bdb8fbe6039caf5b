"""What a sweep did not find: asked for one by one, missed, or erased.

Nothing is taken for gone unless Google says so of that very review, or two complete sweeps in a
row have not found it; and nothing at all while the location itself does not answer.
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import F

from reviews.enums import Erasure, RunState
from reviews.google.outcomes import Gone
from reviews.google.payloads import Incoming, Page
from reviews.models import ImportRun, Location, Review
from reviews.models.reviews import ReviewQuerySet
from reviews.rules.sweeps import ABSENCES, is_complete
from reviews.services.access import google
from reviews.services.erasing import erase
from reviews.services.showing import refresh
from reviews.services.storing import Stored, store
from tenancy.store.forgetting import forget_pages_on_commit

log = structlog.get_logger(__name__)

ASKED = 20
"""Missing reviews that are asked for one by one."""


def confirm(location: Location, run: ImportRun, page: Page, stored: Stored) -> None:
    """Say whether the sweep saw everything, now that its first page was read again."""
    seen = location.reviews.filter(last_seen_at__gte=run.started_at).count()
    churn = (run.most_total or 0) - (run.least_total or 0) + stored.new
    run.is_complete = is_complete(
        seen=seen, total=page.total, churn=churn, unreadable=run.unreadable
    )
    if not run.is_complete:
        log.info("reviews.sweep_incomplete", run=str(run.pk), seen=seen, total=page.total)
    run.state = RunState.CHECKING


def missing(location: Location, run: ImportRun) -> ReviewQuerySet:
    """Return the reviews that nobody has seen since a sweep began."""
    unseen = Review.objects.filter(location=location, last_seen_at__lt=run.started_at)
    return unseen.exclude(erasure__in=[Erasure.GONE, Erasure.ASKED])


def check_missing(location: Location, run: ImportRun, clock: Callable[[], datetime]) -> None:
    """Ask for the reviews that a complete sweep did not find, and draw the conclusions.

    If one of them is there, the sweep was not what it seemed, and only those that Google calls
    gone are.
    """
    if not run.is_complete:
        return
    rows = list(missing(location, run).order_by("pk")[:ASKED])
    asked_at, gone, there = clock(), list[Review](), list[Incoming]()
    for row in rows:
        try:
            there.append(google().review(address_of(location, row)))
        except Gone:
            gone.append(row)
    if gone:
        google().reviews(location.parent)  # `Gone`, if it is the location that has moved
    with transaction.atomic():
        store(location, there, asked_at=asked_at)
        found = missing(location, run).filter(pk__in=[row.pk for row in gone])
        run.gone += erase(found, Erasure.GONE)
        if not there:
            run.gone += miss(missing(location, run))
        run.save(update_fields=["gone"])
        if rows:
            refresh(location)
        if run.gone:
            forget_pages_on_commit()


def miss(reviews: ReviewQuerySet) -> int:
    """Count one more absence of reviews; erase those that were missed often enough."""
    reviews.update(absences=F("absences") + 1)
    return erase(reviews.filter(absences__gte=ABSENCES), Erasure.GONE)


def address_of(location: Location, review: Review) -> str:
    """Return a review's name where its location is now."""
    return f"{location.parent}/reviews/{review.name.rpartition('/')[2]}"
