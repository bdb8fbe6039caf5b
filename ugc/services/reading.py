"""Reading the photos of a submission, each in a process of its own, and queueing it for a look."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from privacy.boxes import Box
from privacy.sealing import Tampered
from ugc import files, imaging
from ugc.enums import PhotoState, Problem, Refusal, SubmissionStatus
from ugc.models import Submission, SubmissionPhoto
from ugc.services.closing import close
from ugc.services.locking import box_of, held

PATIENCE = timedelta(minutes=10)
"""In which a worker reads all photos of a submission; else another one may."""


def read_photos(*, submission_id: UUID, at: datetime) -> None:
    """Read what has not been read. Safe to run twice: whoever comes second leaves it to the first.

    Files that are no photos are gone then; if all are and there are no words, it is refused.
    """
    submission = _taken_on(submission_id, at)
    box = box_of(submission) if submission else None
    if submission is None or box is None:
        return
    for photo in submission.photos.filter(state=PhotoState.RECEIVED):
        _read(photo, box, at)
    _queue(submission_id, at)


def _taken_on(submission_id: UUID, at: datetime) -> Submission | None:
    """Return a submission that nobody else reads now; its reader, should it die, is replaced."""
    is_free = Q(reading_until__isnull=True) | Q(reading_until__lte=at)
    unread = Submission.objects.filter(is_free, pk=submission_id, status=SubmissionStatus.RECEIVED)
    if not unread.update(reading_until=at + PATIENCE):
        return None
    found: Submission | None = Submission.objects.filter(pk=submission_id).first()
    return found


def _read(photo: SubmissionPhoto, box: Box, at: datetime) -> None:
    try:
        taken = imaging.take(files.read_sealed(box, photo.original))
        regions = list(taken.regions)
        previews = drawn(box, taken.content, regions, at)
    except imaging.Broken as broken:
        _set_aside(photo, broken.problem, at)
        return
    except (FileNotFoundError, Tampered):
        _set_aside(photo, Problem.DAMAGED, at)
        return
    original = files.keep_sealed(box, taken.content, at=at)
    changes = {
        "state": PhotoState.READY,
        "original": original,
        "previews": previews,
        "width": taken.width,
        "height": taken.height,
        "regions": [list(region) for region in regions],
        "detector": taken.detector,
    }
    _change(photo, [original, *(str(preview[0]) for preview in previews)], changes, at)


def drawn(
    box: Box, content: bytes, regions: list[imaging.Region], at: datetime
) -> list[list[str | int]]:
    """Draw a picture with its regions blurred; return `[name, width, height]` of sealed files."""
    return [
        [files.keep_sealed(box, each.content, at=at), each.width, each.height]
        for each in imaging.blur(content, regions)
    ]


@transaction.atomic
def _change(
    photo: SubmissionPhoto, names: list[str], changes: dict[str, object], at: datetime
) -> None:
    """Note what was read, unless the submission has gone meanwhile: its files then go as well."""
    held(photo.submission_id)
    rows = SubmissionPhoto.objects.filter(pk=photo.pk, state=PhotoState.RECEIVED)
    if rows.update(**changes):
        files.claim(names)
        files.doom(photo.submission_id, [photo.original], at=at)
    else:
        files.give_up(photo.submission_id, at=at)


@transaction.atomic
def _set_aside(photo: SubmissionPhoto, problem: Problem, at: datetime) -> None:
    rows = SubmissionPhoto.objects.filter(pk=photo.pk, state=PhotoState.RECEIVED)
    if rows.update(state=PhotoState.UNFIT, problem=problem, original=""):
        files.doom(photo.submission_id, [photo.original], at=at)


@transaction.atomic
def _queue(submission_id: UUID, at: datetime) -> None:
    submission = held(submission_id)
    if submission is None or submission.status != SubmissionStatus.RECEIVED:
        return
    photos = submission.photos
    if photos.filter(state=PhotoState.RECEIVED).exists():
        return
    if submission.words or photos.filter(state=PhotoState.READY).exists():
        submission.status = SubmissionStatus.QUEUED
        submission.save(update_fields=["status"])
    else:
        close(submission, SubmissionStatus.REFUSED, at=at, refusal=Refusal.UNFIT)
