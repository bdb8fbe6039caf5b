"""Moderation: a submission is published, refused with a reason, or locked because of a minor."""

from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from privacy.boxes import Box
from tenancy import audit
from tenancy.models import User
from ugc import files
from ugc.enums import LetterKind, Refusal, SubmissionStatus
from ugc.models import GuestPost, Submission, SubmissionPhoto
from ugc.rules.publishing import Obstacle, may_become, obstacles
from ugc.selectors.looks import look_of
from ugc.selectors.queue import facts_of, fit_photos
from ugc.services import letters
from ugc.services.closing import close, unpublish
from ugc.services.locking import box_of, held

log = structlog.get_logger(__name__)

UNLOCK = "ugc.unlock_submission"


class Impossible(Exception):
    """What was asked cannot be done with a submission as it is."""

    def __init__(self, *found: Obstacle) -> None:
        super().__init__(", ".join(each.value for each in found))
        self.obstacles = found


def publish(
    *, submission_id: UUID, actor: User, at: datetime, seen: str | None = None
) -> GuestPost:
    """Show a submission to guests; its originals are gone. Raises `Impossible`.

    `seen` is the look of what somebody saw and decided on; None is as it is when this begins.
    """
    submission = Submission.objects.filter(pk=submission_id).first()
    box = box_of(submission) if submission else None
    if submission is None or box is None:
        raise Impossible(Obstacle.NOT_QUEUED)
    if found := obstacles(facts_of(submission)):
        raise Impossible(*found)
    look = look_of(submission)
    if seen not in {None, look}:
        raise Impossible(Obstacle.CHANGED)
    pictures = [_published(photo, box, at) for photo in fit_photos(submission)]
    try:
        return _put_on_pages(submission_id, look, pictures, actor, at)
    except Impossible:
        files.give_up(submission_id, at=at)
        raise


@transaction.atomic
def _put_on_pages(
    submission_id: UUID, look: str, pictures: list[dict[str, Any]], actor: User, at: datetime
) -> GuestPost:
    """Publish what was looked at, unless it has changed since."""
    submission = held(submission_id)
    if submission is None or obstacles(facts_of(submission)):
        raise Impossible(Obstacle.NOT_QUEUED)
    if look_of(submission) != look:
        raise Impossible(Obstacle.CHANGED)
    files.claim(name for picture in pictures for name, *_size in picture["files"])
    _forget_originals(submission, at)
    _decide(submission, SubmissionStatus.PUBLISHED, actor, at)
    post = _posted(submission, pictures, at)
    letters.write(LetterKind.PUBLISHED, submission)
    audit.record("ugc.submission.publish", submission, actor=actor)
    return post


@transaction.atomic
def refuse(*, submission_id: UUID, reason: Refusal, actor: User, at: datetime) -> None:
    """Refuse a submission, with a reason; its content is gone. Raises `Impossible`.

    What is locked is erased for that reason alone, by those who handle what is locked.
    """
    submission = _to_become(submission_id, SubmissionStatus.REFUSED)
    is_locked = submission.status == SubmissionStatus.LOCKED
    if is_locked != (reason == Refusal.MINOR) or (is_locked and not actor.has_perm(UNLOCK)):
        raise Impossible(Obstacle.NOT_QUEUED)
    submission.decided_at, submission.decided_by = at, str(actor.pk)
    close(submission, SubmissionStatus.REFUSED, at=at, refusal=reason)
    audit.record("ugc.submission.refuse", submission, actor=actor, data={"reason": reason})


@transaction.atomic
def escalate(*, submission_id: UUID, actor: User, at: datetime) -> None:
    """Lock a submission in which there may be a minor. Raises `Impossible`.

    Nobody sees it, changes it or takes it away but those who handle what is locked.
    """
    submission = _to_become(submission_id, SubmissionStatus.LOCKED)
    unpublish(submission, at=at)
    _decide(submission, SubmissionStatus.LOCKED, actor, at)
    letters.drop(submission)
    letters.alert_owners(submission)
    audit.record("ugc.submission.escalate", submission, actor=actor)
    log.error("ugc.minor_suspected", submission=str(submission.pk))


@transaction.atomic
def unlock(*, submission_id: UUID, actor: User, at: datetime) -> None:
    """Give a submission back to the queue: there was no minor. Raises `Impossible`."""
    submission = held(submission_id)
    is_locked = submission is not None and submission.status == SubmissionStatus.LOCKED
    if submission is None or not is_locked or not actor.has_perm(UNLOCK):
        raise Impossible
    _decide(submission, SubmissionStatus.QUEUED, actor, at)
    audit.record("ugc.submission.unlock", submission, actor=actor)


def _to_become(submission_id: UUID, status: SubmissionStatus) -> Submission:
    submission = held(submission_id)
    if submission is None or not may_become(submission.status, status):
        raise Impossible(Obstacle.NOT_QUEUED)
    return submission


def _decide(submission: Submission, status: SubmissionStatus, actor: User, at: datetime) -> None:
    submission.status = status
    submission.decided_at, submission.decided_by = at, str(actor.pk)
    submission.save()


def _published(photo: SubmissionPhoto, box: Box, at: datetime) -> dict[str, Any]:
    shown = [
        [files.publish(box, files.read_sealed(box, name), at=at), width, height]
        for name, width, height in photo.previews
    ]
    return {"photo": str(photo.pk), "description": photo.description, "files": shown}


def _forget_originals(submission: Submission, at: datetime) -> None:
    photos = SubmissionPhoto.objects.filter(submission=submission)
    files.doom(submission.pk, photos.values_list("original", flat=True), at=at)
    photos.update(original="")


def _posted(submission: Submission, pictures: list[dict[str, Any]], at: datetime) -> GuestPost:
    post: GuestPost = GuestPost.objects.create(
        submission_id=submission.pk,
        property_id=submission.property_id,
        words=submission.words,
        name=submission.name,
        stay_month=submission.stay_month,
        language=submission.language,
        pictures=pictures,
        published_at=at,
    )
    return post
