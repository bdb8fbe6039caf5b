"""What moderators look at."""

from dataclasses import dataclass

from tenancy.models import Property
from ugc.enums import Party, PhotoState, Purpose, SubmissionStatus
from ugc.models import Submission, SubmissionPhoto
from ugc.rules.publishing import Facts, PhotoFacts
from ugc.selectors.consents import agreed, receipts

MOST = 100
"""Submissions in a list."""

WAITING = (SubmissionStatus.RECEIVED, SubmissionStatus.QUEUED, SubmissionStatus.LOCKED)


@dataclass(frozen=True)
class QueueEntry:
    """A submission in a list, and where it was made."""

    submission: Submission
    house: str
    photos: int


def submissions(*, status: str = "") -> list[QueueEntry]:
    """Return the submissions of a status, else those that wait: those that waited longest first."""
    houses = dict(Property.objects.values_list("pk", "name"))
    found = Submission.objects.prefetch_related("photos")
    found = found.filter(status=status) if status else found.filter(status__in=WAITING)
    return [
        QueueEntry(each, houses.get(each.property_id, "—"), len(each.photos.all()))
        for each in found.order_by("created_at")[:MOST]
    ]


def fit_photos(submission: Submission) -> list[SubmissionPhoto]:
    """Return the photos that may be shown: those that could be read, or may yet be."""
    rows = submission.photos.exclude(state=PhotoState.UNFIT)
    return list(rows.order_by("position"))


def facts_of(submission: Submission) -> Facts:
    """Return what decides whether a submission may be published."""
    said = receipts(submission.pk)
    photos = fit_photos(submission)
    wanted = {Purpose.WORDS} if submission.words else set()
    if photos:
        wanted |= {Purpose.PHOTOS, Purpose.ADULTS}
    return Facts(
        status=submission.status,
        has_words=bool(submission.words),
        photos=tuple(
            PhotoFacts(
                is_ready=photo.state == PhotoState.READY, is_marked=photo.marked_at is not None
            )
            for photo in photos
        ),
        agreed=agreed(said, Party.GUEST),
        wanted=frozenset(wanted),
        company=submission.company,
        partner_agrees=Purpose.PARTNER in agreed(said, Party.PARTNER),
    )
