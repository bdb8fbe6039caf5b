"""A guest changes what they sent: moderators look at it again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tenancy import audit
from ugc.enums import CHANGEABLE, SubmissionStatus
from ugc.models import Submission
from ugc.services.closing import unpublish
from ugc.services.expiring import KEPT
from ugc.services.locking import held


@dataclass(frozen=True)
class Change:
    """What a guest would have instead; words cannot come where there were none (no consent)."""

    words: str
    name: str
    stay_month: date | None


@transaction.atomic
def change(*, submission_id: UUID, wanted: Change, at: datetime) -> bool:
    """Change what may still be changed; False if nothing may, or nothing would be left.

    What is on the pages leaves them, and is queued again.
    """
    submission = held(submission_id)
    if submission is None or submission.status not in CHANGEABLE:
        return False
    if not submission.words and wanted.words:
        return False
    if not wanted.words and not submission.photos.exists():
        return False
    if (submission.words, submission.name, submission.stay_month) == _values(wanted):
        return True
    submission.words, submission.name, submission.stay_month = _values(wanted)
    if submission.status == SubmissionStatus.PUBLISHED:
        unpublish(submission, at=at)
        submission.status = SubmissionStatus.QUEUED
    submission.save()
    audit.record("ugc.submission.change", submission)
    return True


def find(secret_digest: str, *, at: datetime) -> Submission | None:
    """Return the submission of a guest's link, until a year after it has ended."""
    found: Submission | None = (
        Submission.objects.filter(digest=secret_digest).exclude(ended_at__lte=at - KEPT).first()
    )
    return found


def _values(wanted: Change) -> tuple[str, str, date | None]:
    return wanted.words, wanted.name, wanted.stay_month
