"""Holds whose time is over: one question for all tenants, then work for those that have some."""

from django.db import connection

from tenancy.context import tenant_scope
from tenancy.escape import across_tenants

DUE = """
    SELECT DISTINCT tenant_id FROM promotions_couponuse
    WHERE state = 'held' AND expires_at <= now()
"""


def tenants_due() -> list[int]:
    """Return the ids of the tenants with a hold that should have ended."""
    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(DUE)
        return [row[0] for row in cursor.fetchall()]


def expire_due() -> None:
    """Queue the ending of holds for each tenant that has some to end."""
    from promotions.tasks.tenant import expire_holds  # noqa: PLC0415 (tasks import this)

    for tenant_id in tenants_due():
        with tenant_scope(tenant_id):
            expire_holds.delay()
