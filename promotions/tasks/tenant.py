"""Tasks inside one tenant."""

from celery import shared_task
from django.utils import timezone

from promotions import services


@shared_task
def expire_holds() -> None:
    """End the holds of the message's tenant whose time is over."""
    services.expire_holds(at=timezone.now())
