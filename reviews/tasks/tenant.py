"""Tasks inside one tenant, on the queue `reviews`: they wait for Google."""

from celery import shared_task
from django.utils import timezone

from reviews.services import erasing, hints, placing, reading, replying


@shared_task
def read_location(location_id: str) -> None:
    """Read what is due of a location of the message's tenant."""
    reading.read(location_id=location_id)


@shared_task
def send_reply(review_id: str) -> None:
    """Do the next step of a reply of the message's tenant."""
    replying.send(review_id=review_id)


@shared_task
def list_locations() -> None:
    """Ask which locations the message's tenant has."""
    placing.relist(at=timezone.now())


@shared_task
def follow_hint(location_id: str, key: str) -> None:
    """Read the one review that a notification named."""
    hints.follow(location_id=location_id, key=key)


@shared_task
def expire_content() -> None:
    """Erase what the message's tenant may no longer keep."""
    erasing.expire(at=timezone.now())
