"""What every end has in common: all that tells of a guest goes, the receipt stays."""

from datetime import datetime

from django.views.decorators.debug import sensitive_variables

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
    files.doom(submission.pk, _names(submission), at=at)
    files.give_up(submission.pk, at=at)
    SubmissionPhoto.objects.filter(submission=submission).delete()
    PartnerLink.objects.filter(submission=submission).delete()
    unpublish(submission, at=at)
    submission.status = status
    submission.words = submission.name = ""
    submission.stay_month = submission.contact = submission.data_key = None
    submission.save()
    submission_closed.send(Submission)


def unpublish(submission: Submission, *, at: datetime) -> bool:
    """Take a submission from the pages; False if it was on none."""
    post = GuestPost.objects.filter(submission_id=submission.pk).first()
    if post is None:
        return False
    files.doom(submission.pk, picture_names(post), at=at)
    post.delete()
    return True


def picture_names(post: GuestPost) -> list[str]:
    """Return the names of a post's published files."""
    return [name for picture in post.pictures for name, *_size in picture["files"]]


def _names(submission: Submission) -> list[str]:
    photos = list(submission.photos.all())
    return [photo.original for photo in photos] + [
        name for photo in photos for name, *_size in photo.previews
    ]
