"""Scheduled publishing: one question for all tenants, then work for those with something due."""

from django.db import connection

from tenancy.context import tenant_scope
from tenancy.enums import InvitationStatus
from tenancy.escape import across_tenants

DUE = """
    SELECT tenant_id FROM wagtailcore_revision WHERE approved_go_live_at <= now()
    UNION
    SELECT tenant_id FROM wagtailcore_page WHERE live AND expire_at <= now()
"""

WAITING = """
    SELECT tenant_id, id, status FROM tenancy_invitation
    WHERE status IN ('waiting', 'accepted') AND created_at < now() - interval '1 minute'
"""


def tenants_due() -> list[int]:
    """Return the ids of the tenants with a revision to publish or a page to expire now."""
    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(DUE)
        return [row[0] for row in cursor.fetchall()]


def publish_due() -> None:
    """Queue scheduled publishing for each tenant that has something due."""
    from tenancy.tasks.tenant import publish_scheduled  # noqa: PLC0415 (tasks import this)

    for tenant_id in tenants_due():
        with tenant_scope(tenant_id):
            publish_scheduled.delay()


def resume_admissions() -> None:
    """Queue again what no worker has done, because the queue or the mail server was away."""
    from tenancy.tasks.ops import admit, send_invitation  # noqa: PLC0415 (tasks import this)

    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(WAITING)
        waiting = cursor.fetchall()
    for tenant_id, invitation_id, status in waiting:
        step = send_invitation if status == InvitationStatus.WAITING else admit
        with tenant_scope(tenant_id):
            step.delay(str(invitation_id))
