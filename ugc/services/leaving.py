"""Taking back what was sent: by its guest, by who is with them in the photos, or on request."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from tenancy import audit
from tenancy.store.forgetting import forget_pages
from ugc import files
from ugc.enums import CHANGEABLE, Channel, Party, SubmissionStatus
from ugc.models import DoomedFile, Submission
from ugc.rules.publishing import may_become
from ugc.selectors.erasure import content_version
from ugc.services import consents
from ugc.services.closing import close
from ugc.services.locking import held

log = structlog.get_logger(__name__)

BATCH = 200


@transaction.atomic
def withdraw(
    *, submission_id: UUID, channel: Channel, at: datetime, party: Party = Party.GUEST
) -> bool:
    """Take a submission back; its content is gone from now on. False if it cannot be.

    Once is enough: of what is withdrawn nothing is left to take back, and what is locked stays
    until somebody has looked at it.
    """
    submission = held(submission_id)
    if submission is None or not may_become(submission.status, SubmissionStatus.WITHDRAWN):
        return False
    # the guest's own end takes all consents along, a partner's only theirs
    parties = tuple(Party) if party == Party.GUEST else (party,)
    consents.take_back(submission_id=submission.pk, parties=parties, channel=channel, at=at)
    submission.withdrawn_at = at
    close(submission, SubmissionStatus.WITHDRAWN, at=at)
    audit.record("ugc.submission.withdraw", submission, data={"party": party, "by": channel})
    return True


def erase(*, submission_id: UUID, at: datetime) -> bool:
    """Withdraw a submission because a person asked the house for it; False if it cannot be."""
    return withdraw(submission_id=submission_id, channel=Channel.REQUEST, at=at)


@transaction.atomic
def end_all_of(house_id: UUID, *, at: datetime) -> None:
    """End what was sent to a house that is going; what is locked stays, as evidence."""
    found = Submission.objects.select_for_update().filter(property_id=house_id)
    for submission in found.filter(status__in=CHANGEABLE):
        submission.withdrawn_at = at
        close(submission, SubmissionStatus.WITHDRAWN, at=at)
        audit.record("ugc.submission.withdraw", submission, data={"by": "house"})


def sweep(*, at: datetime) -> int:
    """Delete the files whose time has come; return how many. Safe to run twice.

    A withdrawn submission of which no file is left, nor any page that was kept, is erased.
    """
    deleted = 0
    due = DoomedFile.objects.filter(due_at__lte=at).order_by("due_at", "id")[:BATCH]
    for row in due:
        try:
            files.delete(row.name)
        except OSError as error:
            log.warning("ugc.file_stays", file=str(row.pk), reason=str(error))
            continue
        deleted += DoomedFile.objects.filter(pk=row.pk).delete()[0]
    _note_erased(at)
    return deleted


@transaction.atomic
def _note_erased(at: datetime) -> None:
    withdrawn = Submission.objects.select_for_update().filter(
        withdrawn_at__isnull=False, erased_at__isnull=True
    )
    done = [each for each in withdrawn if not _has_files(each)]
    # pages as they were are served to nobody any more, but kept until somebody asks for them
    if done and not forget_pages():
        return
    for submission in done:
        submission.erased_at, submission.erased_version = at, content_version()
        submission.save(update_fields=["erased_at", "erased_version"])
        audit.record("ugc.submission.erase", submission)


def _has_files(submission: Submission) -> bool:
    return DoomedFile.objects.filter(submission_id=submission.pk).exists()
