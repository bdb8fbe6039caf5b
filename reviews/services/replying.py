"""A reply on its way to Google: sent until it has arrived, and looked after until it is seen.

Each state has one step, done by whoever takes it first, and safe to repeat. A step that ends for
an older text than the house's last one changes nothing.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reviews.enums import ON_THE_WAY, Erasure, Problem, Refusal, Sending, Source
from reviews.google.outcomes import BadRequest, Disconnected, Gone, Later, NoAnswer, Refused
from reviews.models import Reply, Review
from reviews.rules.replies import is_late, look_again, verdict
from reviews.services import consents, placing, resting
from reviews.services.access import google
from reviews.services.storing import store
from reviews.services.sweeping import address_of
from tenancy import audit

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]

LEASE = timedelta(minutes=5)
AFTER_FAILURE = timedelta(minutes=10)
WHILE_DISCONNECTED = timedelta(days=1)


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
        sending=Sending.WITHDRAWING,
        sending_text="",
        sending_since=at,
        sending_at=at,
        sending_problem="",
    )
    if is_queued:
        audit.record("reviews.reply.withdraw", f"reviews.review:{reply.review_id}")
    return bool(is_queued)


def send(*, review_id: str, clock: Clock = timezone.now) -> None:
    """Do the next step of a reply, unless somebody is at it; safe to repeat."""
    due = Review.objects.filter(pk=review_id, sending__in=ON_THE_WAY, sending_at__lte=clock())
    if not due.update(sending_at=clock() + LEASE):
        return
    row = Review.objects.select_related("location").get(pk=review_id)
    try:
        with consents.under_one():
            step(row, clock)
    except Refused as error:
        fail(row, str(error.refusal.value))
    except BadRequest:
        fail(row, Problem.TEXT.value)
    except NoAnswer as error:
        log.warning("reviews.reply_unsent", review=review_id, reason=type(error).__name__)
        again(row, clock(), after=pause_after(error))


def step(row: Review, clock: Clock) -> None:
    """Do what the reply's state asks for."""
    try:
        STEPS[Sending(row.sending)](row, clock)
    except Gone:
        miss(row, clock)


def pause_after(error: NoAnswer) -> timedelta:
    """Return how long to wait after what may pass."""
    if isinstance(error, Later):
        return timedelta(seconds=error.seconds)
    if isinstance(error, Disconnected):
        return WHILE_DISCONNECTED
    return AFTER_FAILURE


def put(row: Review, clock: Clock) -> None:
    """Send the reply; Google looks at it before others see it."""
    google().reply(address_of(row.location, row), row.sending_text)
    move(row, Sending.WAITING, at=clock())


def take_back(row: Review, clock: Clock) -> None:
    """Delete the reply; that there is none any more is as good."""
    try:
        google().delete_reply(address_of(row.location, row))
    except Gone:
        log.info("reviews.reply_was_gone", review=str(row.pk))
    look(row, clock)
    move(row, Sending.NONE, at=None)


def follow(row: Review, clock: Clock) -> None:
    """Ask what Google thinks of the reply."""
    look(row, clock)
    row.refresh_from_db()
    seen = (row.reply_original, row.reply_raw)
    state = verdict(row.sending_text, seen, row.reply_state)
    if state == Sending.WAITING:
        same(row).update(sending_at=look_again(row.sending_since or clock(), clock()))
        return
    move(row, state, at=None, problem=row.reply_violation if state == Sending.REJECTED else "")
    audit.record("reviews.reply.arrive", row, data={"state": str(state.value)})


def look(row: Review, clock: Clock) -> None:
    """Read the review again."""
    asked_at = clock()
    store(row.location, [google().review(address_of(row.location, row))], asked_at=asked_at)


STEPS: dict[Sending, Callable[[Review, Clock], None]] = {
    Sending.QUEUED: put,
    Sending.WITHDRAWING: take_back,
    Sending.WAITING: follow,
}


def miss(row: Review, clock: Clock) -> None:
    """Draw the conclusion from a review that is not there: gone, or moved with its location."""
    try:
        google().reviews(row.location.parent)
    except Gone:
        find_again(row, clock)
    else:
        fail(row, Problem.GONE.value)


def find_again(row: Review, clock: Clock) -> None:
    """Look for the review's location in all accounts; where it is, the reply goes."""
    if placing.find_again(row.location):
        again(row, clock(), after=timedelta(0))
        return
    resting.lose(row.location, at=clock())
    fail(row, Refusal.MISSING.value)


def again(row: Review, at: datetime, *, after: timedelta) -> None:
    """Have the same step be done again, unless it was tried for long enough."""
    if row.sending_since is not None and is_late(row.sending_since, at):
        fail(row, Problem.LATE.value)
        return
    same(row).update(sending_at=at + after)


def fail(row: Review, problem: str) -> None:
    """Write down that the reply does not arrive, and why; one that was to go is gone."""
    if row.sending == Sending.WITHDRAWING and problem == Problem.GONE:
        move(row, Sending.NONE, at=None)
        return
    move(row, Sending.FAILED, at=None, problem=problem)
    audit.record("reviews.reply.fail", row, data={"problem": problem})


def move(row: Review, state: Sending, *, at: datetime | None, problem: str = "") -> None:
    """Go on to the next state, unless the house has changed its mind meanwhile."""
    same(row).update(sending=state, sending_at=at, sending_problem=problem[:80])


def same(row: Review) -> "QuerySet[Review]":
    """Return the row, as long as it is on the same way with the same words."""
    return Review.objects.filter(
        pk=row.pk,
        sending=row.sending,
        sending_since=row.sending_since,
        sending_text=row.sending_text,
    )
