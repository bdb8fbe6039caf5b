"""Tasks inside one tenant."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from privacy.keys import KeeperError
from ugc import services


@shared_task
def read_photos(submission_id: str) -> None:
    """Read the photos of a submission; if that fails, the timetable finds it."""
    services.read_photos(submission_id=UUID(submission_id), at=timezone.now())


@shared_task
def send_letter(letter_id: str) -> None:
    """Send a letter, or put it off; what mail servers say is an OSError."""
    try:
        services.send(letter_id=UUID(letter_id))
    except (OSError, KeeperError):
        services.put_off(letter_id=UUID(letter_id), at=timezone.now())


@shared_task
def sweep_files() -> None:
    """Delete the files whose time has come."""
    services.sweep(at=timezone.now())


@shared_task
def expire_waiting() -> None:
    """End the submissions that have waited too long, for whomever."""
    services.expire_waiting(at=timezone.now())
