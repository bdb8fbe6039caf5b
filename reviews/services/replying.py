"""A reply on its way to Google: sent until it has arrived, and looked after until it is seen."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reviews.enums import ON_THE_WAY, Erasure, Refusal, Sending, Source
from reviews.google.outcomes import (
    BadRequest,
    Disconnected,
    Gone,
    Later,
    NoAnswer,
    Refused,
)
from reviews.models import Reply, Review
from reviews.rules.replies import LOOK_AGAIN, verdict
from reviews.services import resting
from reviews.services.access import google
from reviews.services.storing import store
from reviews.services.sweeping import address_of
from tenancy import audit

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
AFTER_FAILURE = timedelta(minutes=10)
WHILE_DISCONNECTED = timedelta(days=1)
GONE = "gone"


@transaction.atomic
def queue(*, reply: Reply, at: datetime) -> bool:
    """Have a published reply be sent; False if the review is gone, or is not Google's."""
    there = Review.objects.filter(
        pk=reply.review_id, location__source=Source.GOOGLE, erasure=Erasure.NONE
    )
    is_queued = there.update(
        sending=Sending.QUEUED,
        sending_text=reply.text,
        sending_since=at,
        sending_at=at,
        sending_problem="",
    )
    if is_queued:
        audit.record("reviews.reply.queue", f"reviews.review:{reply.review_id}")
    return bool(is_queued)


@transaction.atomic
def withdraw(*, reply: Reply, at: datetime) -> bool:
    """Have a reply that was published be taken back; False if none was sent."""
    sent = Review.objects.filter(pk=reply.review_id, erasure=Erasure.NONE)
    is_queued = sent.exclude(sending=Sending.NONE).update(
        sending=Sending.WITHDRAWING, sending_text="", sending_since=at, sending_at=at
    )
    if is_queued:
        audit.record("reviews.reply.withdraw", f"reviews.review:{reply.review_id}")
    return bool(is_queued)


def send(*, review_id: str, clock: Callable[[], datetime] = timezone.now) -> None:
    """Do the next step of a reply, unless somebody is at it; safe to repeat."""
    due = Review.objects.filter(pk=review_id, sending__in=ON_THE_WAY, sending_at__lte=clock())
    if not due.update(sending_at=clock() + LEASE):
        return
    row = Review.objects.select_related("location").get(pk=review_id)
    try:
        STEPS[Sending(row.sending)](row, clock)
    except Later as error:
        again(row, clock() + timedelta(seconds=error.seconds))
    except Disconnected:
        resting.disconnect()
        again(row, clock() + WHILE_DISCONNECTED)
    except Refused as error:
        fail(row, str(error.refusal.value))
    except Gone:
        fail(row, GONE)
    except BadRequest:
        fail(row, Refusal.FORBIDDEN.value)
    except NoAnswer as error:
        log.warning("reviews.reply_unsent", review=review_id, reason=str(error))
        again(row, clock() + AFTER_FAILURE)


def put(row: Review, clock: Callable[[], datetime]) -> None:
    """Send the reply; Google looks at it before others see it."""
    google().reply(address_of(row.location, row), row.sending_text)
    move(row, Sending.WAITING, at=clock())


def take_back(row: Review, clock: Callable[[], datetime]) -> None:
    """Delete the reply; that there is none any more is as good."""
    try:
        google().delete_reply(address_of(row.location, row))
    except Gone:
        log.info("reviews.reply_was_gone", review=str(row.pk))
    look(row, clock)
    move(row, Sending.NONE, at=None)


def follow(row: Review, clock: Callable[[], datetime]) -> None:
    """Ask what Google thinks of the reply."""
    asked_at = clock()
    found = google().review(address_of(row.location, row))
    store(row.location, [found], asked_at=asked_at)
    state = verdict(row.sending_text, found.reply)
    if state == Sending.WAITING:
        again(row, clock() + LOOK_AGAIN)
        return
    move(row, state, at=None, problem=found.reply.violation if found.reply else "")
    audit.record("reviews.reply.arrive", row, data={"state": str(state.value)})


def look(row: Review, clock: Callable[[], datetime]) -> None:
    """Read the review again."""
    asked_at = clock()
    store(row.location, [google().review(address_of(row.location, row))], asked_at=asked_at)


STEPS: dict[Sending, Callable[[Review, Callable[[], datetime]], None]] = {
    Sending.QUEUED: put,
    Sending.WITHDRAWING: take_back,
    Sending.WAITING: follow,
}


def again(row: Review, at: datetime) -> None:
    """Have the same step be done again, unless the house has changed its mind."""
    same(row).update(sending_at=at)


def fail(row: Review, problem: str) -> None:
    """Write down that the reply does not arrive, and why."""
    move(row, Sending.FAILED, at=None, problem=problem)
    audit.record("reviews.reply.fail", row, data={"problem": problem})


def move(row: Review, state: Sending, *, at: datetime | None, problem: str = "") -> None:
    """Go on to the next state, unless the house has changed its mind meanwhile."""
    same(row).update(sending=state, sending_at=at, sending_problem=problem[:80])


def same(row: Review) -> "QuerySet[Review]":
    return Review.objects.filter(pk=row.pk, sending=row.sending, sending_since=row.sending_since)
