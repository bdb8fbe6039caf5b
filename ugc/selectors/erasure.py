"""How far an erasure has come: what is left of a submission, and who still has to forget it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from tenancy.models import ContentVersion
from ugc.models import DoomedFile, Submission


@dataclass(frozen=True)
class Erasure:
    """What is left: files to delete, and whether a CDN has yet to be told. Of words, nothing."""

    asked_at: datetime
    erased_at: datetime | None
    files_left: int
    cdn_knows: bool

    @property
    def is_complete(self) -> bool:
        return self.erased_at is not None and self.cdn_knows


def erasure_of(submission: Submission) -> Erasure | None:
    """Return how far the erasure of a withdrawn submission has come; None of one that is not."""
    if submission.withdrawn_at is None:
        return None
    return Erasure(
        asked_at=submission.withdrawn_at,
        erased_at=submission.erased_at,
        files_left=DoomedFile.objects.filter(submission_id=submission.pk).count(),
        cdn_knows=_cdn_knows(submission.erased_version),
    )


def content_version() -> int:
    """Return the version of the tenant's content; 0 before the first."""
    found = ContentVersion.objects.values_list("version", flat=True)
    return found.first() or 0


def _cdn_knows(version: int | None) -> bool:
    if not settings.CLOUDFLARE_ZONE_ID:
        return True
    own = ContentVersion.objects
    return version is not None and own.filter(purged_version__gte=version).exists()
