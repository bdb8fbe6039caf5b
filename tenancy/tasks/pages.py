"""Rendering ahead of guests: on a queue of its own, so that nothing else waits behind it."""

from celery import shared_task

from tenancy.store import renewal


@shared_task
def renew_pages(version: int) -> None:
    """Render the pages of the message's tenant again, after its content became that version."""
    renewal.renew(version=version)
