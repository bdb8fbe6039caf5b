"""Nothing waits for ever: for the other person's answer, for somebody to look, or to be read."""

from datetime import datetime, timedelta

from django.db import transaction

from tenancy import audit
from ugc.enums import Refusal, SubmissionStatus
from ugc.models import DoomedFile, PartnerLink, Submission
from ugc.services.closing import close
from ugc.services.locking import held

UNSEEN = timedelta(days=60)
"""After which nobody will look any more: what is not needed is not kept."""
KEPT = timedelta(days=365)
"""For how long a guest can read, by their link, what became of something that has ended."""
WAITING = (SubmissionStatus.RECEIVED, SubmissionStatus.QUEUED)


def expire_waiting(*, at: datetime) -> int:
    """End what has waited too long, and forget what ended a year ago; return how many."""
    unanswered = PartnerLink.objects.filter(is_given__isnull=True, expires_at__lte=at)
    unseen = Submission.objects.filter(status__in=WAITING, created_at__lte=at - UNSEEN)
    over = Submission.objects.filter(ended_at__lte=at - KEPT)
    ended = [_unanswered(link, at) for link in unanswered]
    ended += [_unseen(submission, at) for submission in unseen]
    return sum(ended) + sum(_forgotten(submission) for submission in over)


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


@transaction.atomic
def _forgotten(submission: Submission) -> bool:
    """Forget that there was a submission, of which no file may be left; consents stay."""
    if DoomedFile.objects.filter(submission_id=submission.pk).exists():
        return False
    audit.record("ugc.submission.forget", submission)
    submission.delete()
    return True
