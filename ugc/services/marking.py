"""Somebody looks at a photo, and says what in it is to be blurred."""

from datetime import datetime
from typing import Any
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
    previews = photo.previews
    if [list(region) for region in regions] != photo.regions:
        previews = drawn(box, files.read_sealed(box, photo.original), regions, at)
    changes = {
        "previews": previews,
        "regions": [list(region) for region in regions],
        "description": description,
        "marked_at": at,
        "marked_by": str(actor.pk),
    }
    return _marked(photo, changes, actor)


@transaction.atomic
def _marked(looked_at: SubmissionPhoto, changes: dict[str, Any], actor: User) -> bool:
    """Note what somebody says of a photo, unless it is not to be changed any more."""
    held(looked_at.submission_id)
    photo = _open_photo(looked_at.pk)
    if photo is None or _drawn(photo) != _drawn(looked_at):  # somebody else was quicker
        files.give_up(looked_at.submission_id, at=changes["marked_at"])
        return False
    if changes["previews"] != looked_at.previews:
        files.claim(name for name, *_size in changes["previews"])
        old = [name for name, *_size in photo.previews]
        files.doom(photo.submission_id, old, at=changes["marked_at"])
    SubmissionPhoto.objects.filter(pk=photo.pk).update(**changes)
    audit.record("ugc.photo.mark", photo, actor=actor, data={"regions": len(changes["regions"])})
    return True


def _drawn(photo: SubmissionPhoto) -> tuple[str, Any, Any]:
    return photo.original, photo.previews, photo.regions


def _open_photo(photo_id: UUID) -> SubmissionPhoto | None:
    photo: SubmissionPhoto | None = (
        SubmissionPhoto.objects.select_related("submission")
        .filter(pk=photo_id, state=PhotoState.READY, submission__status=SubmissionStatus.QUEUED)
        .exclude(original="")
        .first()
    )
    return photo
