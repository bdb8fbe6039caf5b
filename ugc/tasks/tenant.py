"""Tasks inside one tenant."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from privacy.keys import KeeperError
from ugc import services


@shared_task(autoretry_for=(OSError, KeeperError), retry_backoff=True)
def read_photos(submission_id: str) -> None:
    """Read the photos of a submission."""
    services.read_photos(submission_id=UUID(submission_id), at=timezone.now())


@shared_task(autoretry_for=(OSError, KeeperError), retry_backoff=True)
def send_letter(letter_id: str) -> None:
    """Send a letter; what mail servers say is an OSError."""
    services.send(letter_id=UUID(letter_id))


@shared_task
def sweep_files() -> None:
    """Delete the files whose time has come."""
    services.sweep(at=timezone.now())


@shared_task
def expire_partners() -> None:
    """End the submissions to which the other person has not answered in time."""
    services.expire_partners(at=timezone.now())
