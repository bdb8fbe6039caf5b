"""Taking away one photo of several; the rest of what was sent stays as it is."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenancy import audit
from ugc import files
from ugc.enums import CHANGEABLE, Channel, Company, Party, PhotoState, Purpose
from ugc.models import PartnerLink, Submission
from ugc.services import consents
from ugc.services.closing import names_of, unpublish_photo
from ugc.services.locking import held


@transaction.atomic
def remove_photo(*, submission_id: UUID, photo_id: UUID, at: datetime) -> bool:
    """Take a photo away, for good; False if there is none, or nothing would be left.

    What is published stays so, without it: the rest of it was looked at.
    """
    submission = held(submission_id)
    if submission is None or submission.status not in CHANGEABLE:
        return False
    photo = submission.photos.filter(pk=photo_id).first()
    others = submission.photos.exclude(pk=photo_id).exclude(state=PhotoState.UNFIT)
    if photo is None or not (submission.words or others.exists()):
        return False
    files.doom(submission.pk, names_of([photo]), at=at)
    unpublish_photo(submission, photo.pk, at=at)
    photo.delete()
    if not others.exists():
        _nobody_is_in_it(submission, at)
    audit.record("ugc.photo.remove", submission)
    return True


def _nobody_is_in_it(submission: Submission, at: datetime) -> None:
    """Have nobody agree to photos any more, nor be asked about them."""
    PartnerLink.objects.filter(submission=submission).delete()
    consents.take_back(
        submission_id=submission.pk,
        parties=tuple(Party),
        purposes=(Purpose.PHOTOS, Purpose.PARTNER),
        channel=Channel.LINK,
        at=at,
    )
    submission.company = Company.NOBODY
    submission.save(update_fields=["company"])
