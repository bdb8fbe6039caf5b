"""Somebody looks at a photo, and says what in it is to be blurred."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenancy import audit
from tenancy.models import User
from ugc import files, imaging
from ugc.enums import PhotoState, SubmissionStatus
from ugc.models import SubmissionPhoto
from ugc.services.locking import box_of, held
from ugc.services.reading import drawn


def mark(
    *,
    photo_id: UUID,
    regions: list[imaging.Region],
    description: str,
    actor: User,
    at: datetime,
) -> bool:
    """Draw a photo anew, with these regions blurred, and note who looked at it.

    False if it is not to be changed (any more). Raises `imaging.Broken`.
    """
    photo = _open_photo(photo_id)
    box = box_of(photo.submission) if photo else None
    if photo is None or box is None:
        return False
    wanted = [list(region) for region in regions]
    previews = photo.previews
    if wanted != photo.regions:
        previews = drawn(box, files.read_sealed(box, photo.original), regions, at)
    with transaction.atomic():
        held(photo.submission_id)
        locked = _open_photo(photo_id)
        if locked is None or locked.original != photo.original:
            return False
        if previews != photo.previews:
            files.claim(name for name, *_size in previews)
            files.doom(photo.submission_id, [name for name, *_size in locked.previews], at=at)
        locked.previews, locked.regions = previews, wanted
        locked.description = description
        locked.marked_at, locked.marked_by = at, str(actor.pk)
        locked.save()
        audit.record("ugc.photo.mark", locked, actor=actor, data={"regions": len(regions)})
    return True


def _open_photo(photo_id: UUID) -> SubmissionPhoto | None:
    photo: SubmissionPhoto | None = (
        SubmissionPhoto.objects.select_related("submission")
        .filter(pk=photo_id, state=PhotoState.READY, submission__status=SubmissionStatus.QUEUED)
        .exclude(original="")
        .first()
    )
    return photo
