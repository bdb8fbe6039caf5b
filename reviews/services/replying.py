"""A reply on its way to Google: sent until it has arrived, and looked after until it is seen.

Each state has one step, done by whoever has the lease, and safe to repeat. The house may change
its mind at any time: what it wants is written at once, and done when the lease is over. A step that
ends for an older text, or after its lease, changes nothing.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from reviews.enums import ON_THE_WAY, TRIED, Erasure, Problem, Refusal, Sending, Source
from reviews.google.outcomes import BadRequest, Disconnected, Gone, Later, NoAnswer, Refused
from reviews.models import Reply, Review
from reviews.rules.replies import ONCE_MORE, digest, is_late, next_look, said_of, verdict
from reviews.services import consents, placing, resting
from reviews.services.access import google
from reviews.services.standing import has_older_words, put_right, unchanged
from reviews.services.storing import store
from reviews.services.sweeping import address_of
from tenancy import audit

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]

LEASE = timedelta(minutes=5)
AFTER_FAILURE = timedelta(minutes=10)
WHILE_DISCONNECTED = timedelta(days=1)
MOST_DIGESTS = 20
SEEN = ("reply_original", "reply_raw", "reply_at", "reply_state", "reply_violation")


@transaction.atomic
def queue(*, reply: Reply, at: datetime) -> bool:
    """Have a reply be sent as it is published now; False if it is not, or cannot be.

    Of several who publish at once, each has the same sent: what stands in the end.
    """
    there = locked(reply).filter(location__source=Source.GOOGLE)
    text = live_text(reply)
    if text is None or not there.update(sending=Sending.QUEUED, **wanted(text, at)):
        return False
    audit.record("reviews.reply.queue", f"reviews.review:{reply.review_id}")
    return True


@transaction.atomic
def withdraw(*, reply: Reply, at: datetime) -> bool:
    """Have a reply that is no longer published be taken back; False if none was sent."""
    sent = locked(reply).exclude(sending=Sending.NONE)
    is_live = live_text(reply) is not None
    if is_live or not sent.update(sending=Sending.WITHDRAWING, **wanted("", at)):
        return False
    audit.record("reviews.reply.withdraw", f"reviews.review:{reply.review_id}")
    return True


def locked(reply: Reply) -> "QuerySet[Review]":
    """Return the answered review, locked, unless it is erased: others wait to change its reply."""
    Review.objects.select_for_update().filter(pk=reply.review_id).first()
    return Review.objects.filter(pk=reply.review_id, erasure=Erasure.NONE)


def live_text(reply: Reply) -> str | None:
    """Return what is published of a reply by now, None if nothing is."""
    return Reply.objects.filter(pk=reply.pk, live=True).values_list("text", flat=True).first()


def wanted(text: str, at: datetime) -> dict[str, Any]:
    """Return what the house's new word changes, at once: not the lease of who is at the old one."""
    return {"sending_text": text, "sending_since": at, "sending_at": at, "sending_problem": ""}


def send(*, review_id: str, clock: Clock = timezone.now) -> None:
    """Do the next step of a reply, unless somebody is at it; safe to repeat."""
    row = begin(review_id, at=clock())
    if row is None:
        return
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
    mine = Review.objects.filter(pk=row.pk, sending_leased_until=row.sending_leased_until)
    mine.update(sending_leased_until=None)


def begin(review_id: str, *, at: datetime) -> Review | None:
    """Return a review whose reply's step is due to whoever asks first, for as long as the lease.

    Nobody else sends meanwhile, whatever the house wants by now.
    """
    is_free = Q(sending_leased_until__isnull=True) | Q(sending_leased_until__lte=at)
    due = Review.objects.filter(is_free, pk=review_id, sending_at__lte=at)
    if not due.update(sending_leased_until=at + LEASE):
        return None
    return Review.objects.select_related("location").get(pk=review_id)


def step(row: Review, clock: Clock) -> None:
    """Do what the reply's state asks for."""
    try:
        STEPS.get(Sending(row.sending), watch)(row, clock)
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
    """Send the reply; Google looks at it before others see it.

    What may land is noted before it is sent: it is known again, whenever that is.
    """
    own = digest(row.sending_text)
    digests = [*(each for each in row.sending_digests if each != own), own]
    if not unchanged(row).update(sending_digests=digests[-MOST_DIGESTS:]):
        return
    google().reply(address_of(row.location, row), row.sending_text)
    move(row, Sending.WAITING, at=clock())


def take_back(row: Review, clock: Clock) -> None:
    """Delete the reply; that there is none any more is as good.

    Where no words of ours were ever sent, those that Google has are somebody's own, and stay.
    """
    if row.sending_digests:
        try:
            google().delete_reply(address_of(row.location, row))
        except Gone:
            log.info("reviews.reply_was_gone", review=str(row.pk))
    look(row, clock)
    if has_older_words(row):
        again(row, clock(), after=AFTER_FAILURE)
    else:
        move(row, Sending.NONE, at=clock() + ONCE_MORE)


def follow(row: Review, clock: Clock) -> None:
    """Ask what Google thinks of the reply."""
    look(row, clock)
    at = clock()
    if put_right(row, at=at):
        return
    now, since = Sending(row.sending), row.sending_since or at
    state = said_of(now, verdict(row.sending_text, row.answers, row.reply_state), at - since)
    problem = row.reply_violation if state == Sending.REJECTED else row.sending_problem
    if move(row, state, at=next_look(state, since, at), problem=problem) and state != now:
        audit.record("reviews.reply.arrive", row, data={"state": str(state.value)})


def watch(row: Review, clock: Clock) -> None:
    """Look once more at what has arrived, or is taken back; from then on readings tell."""
    look(row, clock)
    unchanged(row).update(sending_at=None)


def look(row: Review, clock: Clock) -> None:
    """Read the review again, and the reply that Google has into the row."""
    asked_at = clock()
    store(row.location, [google().review(address_of(row.location, row))], asked_at=asked_at)
    row.refresh_from_db(fields=SEEN)


STEPS: dict[Sending, Callable[[Review, Clock], None]] = {
    Sending.QUEUED: put,
    Sending.WITHDRAWING: take_back,
    **dict.fromkeys((Sending.WAITING, Sending.REPLACED, Sending.ABSENT), follow),
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
    """Have the same step be done again; nothing is tried for ever, but looking."""
    if row.sending in TRIED and row.sending_since is not None and is_late(row.sending_since, at):
        fail(row, Problem.LATE.value)
        return
    unchanged(row).update(sending_at=at + after)


def fail(row: Review, problem: str) -> None:
    """Write down that the reply does not arrive, and why; one that was to go is gone."""
    if row.sending not in ON_THE_WAY:
        unchanged(row).update(sending_at=None)
    elif row.sending == Sending.WITHDRAWING and problem == Problem.GONE:
        move(row, Sending.NONE, at=None)
    elif move(row, Sending.FAILED, at=None, problem=problem):
        audit.record("reviews.reply.fail", row, data={"problem": problem})


def move(row: Review, state: Sending, *, at: datetime | None, problem: str | None = None) -> bool:
    """Go on to the next state, unless the house has changed its mind, or others went on.

    What was said of the reply stays, if there is nothing else to be said.
    """
    said = row.sending_problem if problem is None else problem
    moved = unchanged(row).update(sending=state, sending_at=at, sending_problem=said[:80])
    return bool(moved)
