"""Tasks that need to look across tenants; routed to the queue `ops`."""

from celery import shared_task

from reviews import schedule


@shared_task
def read_due() -> None:
    """Find the locations whose turn it is, and tell each one's company."""
    schedule.read_due()


@shared_task
def expire_due() -> None:
    """Find the companies with reviews that may no longer be kept, and tell each one's queue."""
    schedule.expire_due()


@shared_task
def pass_hint(location: str, key: str) -> None:
    """Find the companies that read a location, and tell each one's of the review."""
    schedule.pass_hint(location=location, key=key)
