"""Whoever changes a submission holds its row first: steps of one submission come one by one."""

from uuid import UUID

from privacy import boxes
from privacy.boxes import Box
from ugc.models import Submission


def held(submission_id: UUID) -> Submission | None:
    """Return a submission that nobody else changes until the transaction ends; None if unknown."""
    found: Submission | None = (
        Submission.objects.select_for_update().filter(pk=submission_id).first()
    )
    return found


def box_of(submission: Submission) -> Box | None:
    """Open a submission's box; None if its key has been destroyed. May raise a `KeeperError`."""
    if submission.data_key is None:
        return None
    return boxes.open_box(submission.pk, bytes(submission.data_key))
