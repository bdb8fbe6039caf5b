"""Tasks that need to look across tenants; routed to the queue `ops`."""

from celery import shared_task

from tenancy import admission, schedule


@shared_task(autoretry_for=(ConnectionError,), retry_backoff=True)
def admit(invitation_id: str) -> None:
    """Carry out an invitation of the message's tenant."""
    admission.admit(invitation_id=invitation_id)


@shared_task
def publish_due() -> None:
    """Find the tenants that have something to publish or expire now, and tell each one's queue."""
    schedule.publish_due()


@shared_task
def resume_admissions() -> None:
    """Take up invitations whose message was lost."""
    schedule.resume_admissions()
