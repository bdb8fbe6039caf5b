"""Tasks that need to look across tenants; routed to the queue `ops`."""

from celery import shared_task

from tenancy import admission, purging, schedule


@shared_task(autoretry_for=(OSError,), retry_backoff=True)
def send_invitation(invitation_id: str) -> None:
    """Mail an invitation of the message's tenant; what mail servers say is an OSError."""
    admission.send(invitation_id=invitation_id)


@shared_task(autoretry_for=(OSError,), retry_backoff=True)
def admit(invitation_id: str) -> None:
    """Let in whoever accepted an invitation of the message's tenant."""
    admission.admit(invitation_id=invitation_id)


@shared_task
def publish_due() -> None:
    """Find the tenants that have something to publish or expire now, and tell each one's queue."""
    schedule.publish_due()


@shared_task
def resume_admissions() -> None:
    """Take up invitations that were not sent, and acceptances not carried out."""
    schedule.resume_admissions()


@shared_task
def purge_cdn() -> None:
    """Tell the CDN what has changed."""
    purging.purge_changed()
