"""Tasks that need to look across tenants; routed to the queue `ops`."""

from celery import shared_task

from promotions import schedule


@shared_task
def expire_due() -> None:
    """Find the tenants with holds whose time is over, and tell each one's queue."""
    schedule.expire_due()
