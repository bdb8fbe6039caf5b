"""Nothing waits for ever: for the other person's answer, or for somebody to look."""

from datetime import datetime, timedelta

from django.db import transaction

from ugc.enums import Refusal, SubmissionStatus
from ugc.models import PartnerLink, Submission
from ugc.services.closing import close
from ugc.services.locking import held

UNSEEN = timedelta(days=60)
"""After which nobody will look any more: what is not needed is not kept."""
WAITING = (SubmissionStatus.RECEIVED, SubmissionStatus.QUEUED)


def expire_waiting(*, at: datetime) -> int:
    """End the submissions that have waited too long; return how many."""
    unanswered = PartnerLink.objects.filter(is_given__isnull=True, expires_at__lte=at)
    unseen = Submission.objects.filter(status__in=WAITING, created_at__lte=at - UNSEEN)
    ended = [_unanswered(link, at) for link in unanswered]
    return sum(ended) + sum(_unseen(submission, at) for submission in unseen)


@transaction.atomic
def _unanswered(link: PartnerLink, at: datetime) -> bool:
    submission = held(link.submission_id)
    is_due = PartnerLink.objects.filter(pk=link.pk, is_given__isnull=True).exists()
    if submission is None or not is_due or submission.status == SubmissionStatus.LOCKED:
        return False
    close(submission, SubmissionStatus.REFUSED, at=at, refusal=Refusal.PARTNER)
    return True


@transaction.atomic
def _unseen(found: Submission, at: datetime) -> bool:
    submission = held(found.pk)
    if submission is None or submission.status not in WAITING:
        return False
    close(submission, SubmissionStatus.REFUSED, at=at, refusal=Refusal.UNSEEN)
    return True
