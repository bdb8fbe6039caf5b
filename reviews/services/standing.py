"""How replies stand by what Google was seen to have, once nobody is at work on them.

A request may land late: of a worker that was thought dead, or after nobody waited for its answer.
What was taken back, or is older than what was sent since, is put right once, and said to editors.
What people do on Google after that counts.
"""

from collections.abc import Iterable
from datetime import datetime

import structlog
from django.db.models import QuerySet

from reviews.enums import ON_THE_WAY, PUT_RIGHT, Problem, Sending
from reviews.models import Review
from reviews.rules.replies import digest, is_stray, is_told_by_reading, verdict
from tenancy import audit

log = structlog.get_logger(__name__)

STRAYING = (Sending.NONE, Sending.WAITING, Sending.PUBLISHED)


def note(rows: Iterable[Review], *, at: datetime) -> None:
    """Draw the conclusions from reviews as they were seen; what is on its way is left alone."""
    for row in rows:
        is_at_work = row.sending in ON_THE_WAY and row.sending_at is not None
        if not is_at_work and not put_right(row, at=at):
            settle(row)


def put_right(row: Review, *, at: datetime) -> bool:
    """Have the house's last word be sent again, if an older one has landed after it."""
    if not has_strayed(row, at):
        return False
    is_taken_back = row.sending == Sending.NONE
    problem = Problem.BACK if is_taken_back else Problem.OLDER
    is_queued = unchanged(row).update(
        sending=Sending.WITHDRAWING if is_taken_back else Sending.QUEUED,
        sending_since=at,
        sending_at=at,
        sending_problem=problem,
    )
    if is_queued:
        log.warning("reviews.reply_strayed", review=str(row.pk), problem=problem.value)
        audit.record("reviews.reply.put_right", row, data={"problem": problem.value})
    return bool(is_queued)


def has_strayed(row: Review, at: datetime) -> bool:
    """Say whether Google has words of ours that are not the last ones, and were not put right."""
    if row.sending not in STRAYING or row.sending_problem in PUT_RIGHT or not row.sending_since:
        return False
    landed = row.reply_at or at
    return has_older_words(row) and is_stray(Sending(row.sending), row.sending_since, landed)


def has_older_words(row: Review) -> bool:
    """Say whether Google has words that the house sent once, and no longer wants."""
    return row.is_answered_else and any(digest(e) in row.sending_digests for e in row.answers)


def settle(row: Review) -> None:
    """Write down what a reading says of a reply that was sent."""
    state = verdict(row.sending_text, row.answers, row.reply_state)
    if row.sending == Sending.FAILED and not row.sending_text and state == Sending.ABSENT:
        state = Sending.NONE  # it could not be taken back, and is gone all the same
    elif not is_told_by_reading(Sending(row.sending), state):
        return
    problem = row.reply_violation if state == Sending.REJECTED else ""
    if unchanged(row).update(sending=state, sending_at=None, sending_problem=problem):
        audit.record("reviews.reply.arrive", row, data={"state": state.value})


def unchanged(row: Review) -> "QuerySet[Review]":
    """Return the row, unless the house, or a worker, has changed how its reply stands."""
    return Review.objects.filter(
        pk=row.pk,
        sending=row.sending,
        sending_since=row.sending_since,
        sending_text=row.sending_text,
        sending_leased_until=row.sending_leased_until,
    )
