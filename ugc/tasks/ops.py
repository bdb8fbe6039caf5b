"""Tasks that need to look across tenants; routed to the queue `ops`."""

from celery import shared_task

from ugc import schedule


@shared_task
def resume() -> None:
    """Find what nobody has done, because the queue or something else was away."""
    schedule.resume()
