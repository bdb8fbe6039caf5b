"""What nobody has done yet: one question for all tenants, then work for those concerned."""

from typing import Any

from django.db import connection

from tenancy.context import tenant_scope
from tenancy.escape import across_tenants

UNREAD = """
    SELECT tenant_id, id FROM ugc_submission
    WHERE status = 'received' AND created_at < now() - interval '2 minutes'
    AND (reading_until IS NULL OR reading_until < now())
"""
UNSENT = """
    SELECT tenant_id, id FROM ugc_letter WHERE due_at < now() - interval '1 minute'
"""
UNSWEPT = """
    SELECT tenant_id FROM ugc_doomedfile WHERE due_at <= now()
    UNION
    SELECT tenant_id FROM ugc_submission WHERE withdrawn_at IS NOT NULL AND erased_at IS NULL
"""
UNANSWERED = """
    SELECT tenant_id FROM ugc_partnerlink WHERE is_given IS NULL AND expires_at <= now()
    UNION
    SELECT tenant_id FROM ugc_submission
    WHERE status IN ('received', 'queued') AND created_at <= now() - interval '60 days'
    OR ended_at <= now() - interval '365 days'
"""


def resume() -> None:
    """Queue again what waits for longer than it should."""
    from ugc.tasks import tenant  # noqa: PLC0415 (tasks import this)

    for question, task in (
        (UNREAD, tenant.read_photos),
        (UNSENT, tenant.send_letter),
        (UNSWEPT, tenant.sweep_files),
        (UNANSWERED, tenant.expire_waiting),
    ):
        for tenant_id, *key in _asked(question):
            with tenant_scope(tenant_id):
                task.delay(*map(str, key))


def _asked(question: str) -> list[tuple[Any, ...]]:
    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()
