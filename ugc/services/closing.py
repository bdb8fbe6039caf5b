"""What every end has in common: all that tells of a guest goes, the receipt stays."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from tenancy.store.forgetting import forget_pages_on_commit
from ugc import files
from ugc.enums import LetterKind, Refusal, SubmissionStatus
from ugc.models import GuestPost, PartnerLink, Submission, SubmissionPhoto
from ugc.services import letters
from ugc.signals import submission_closed

LETTERS = {
    SubmissionStatus.REFUSED: LetterKind.REFUSED,
    SubmissionStatus.WITHDRAWN: LetterKind.ERASED,
}


@sensitive_variables()
def close(
    submission: Submission,
    status: SubmissionStatus,
    *,
    at: datetime,
    refusal: Refusal | None = None,
) -> None:
    """End a submission whose row is held: nothing of its content is left in the database.

    Its files are doomed, and unreadable at once: with its row goes the key of its box.
    """
    if refusal:
        submission.refusal = refusal
    letters.drop(submission)
    letters.write(LETTERS[status], submission)
    files.doom(submission.pk, names_of(submission.photos.all()), at=at)
    files.give_up(submission.pk, at=at)
    SubmissionPhoto.objects.filter(submission=submission).delete()
    PartnerLink.objects.filter(submission=submission).delete()
    unpublish(submission, at=at)
    submission.status, submission.ended_at = status, at
    submission.words = submission.name = ""
    submission.stay_month = submission.contact = submission.data_key = None
    submission.save()
    submission_closed.send(Submission)


def unpublish(submission: Submission, *, at: datetime) -> bool:
    """Take a submission from the pages; False if it was on none."""
    post = GuestPost.objects.filter(submission_id=submission.pk).first()
    if post is None:
        return False
    files.doom(submission.pk, _published(post.pictures), at=at)
    post.delete()
    forget_pages_on_commit()
    return True


def unpublish_photo(submission: Submission, photo_id: UUID, *, at: datetime) -> None:
    """Take one photo of a submission from the pages, if it is on any."""
    post = GuestPost.objects.filter(submission_id=submission.pk).first()
    if post is None:
        return
    gone = [each for each in post.pictures if each["photo"] == str(photo_id)]
    files.doom(submission.pk, _published(gone), at=at)
    post.pictures = [each for each in post.pictures if each not in gone]
    post.save(update_fields=["pictures"])
    forget_pages_on_commit()


def names_of(photos: Iterable[SubmissionPhoto]) -> list[str]:
    """Return the names of the sealed files of photos."""
    names: list[str] = []
    for photo in photos:
        names += [photo.original, *(name for name, *_size in photo.previews)]
    return names


def _published(pictures: Iterable[dict[str, Any]]) -> list[str]:
    return [name for picture in pictures for name, *_size in picture["files"]]
