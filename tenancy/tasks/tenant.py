"""Tasks inside one tenant."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled() -> None:
    """Publish and expire what is due, in the message's tenant."""
    call_command("publish_scheduled")
