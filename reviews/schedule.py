"""What is due of all companies: one question for all of them, then work in each one's scope."""

from dataclasses import dataclass
from math import ceil

from django.db import connection
from django.utils import timezone

from reviews.clients.google import REVIEWS
from reviews.clients.pace import space
from reviews.pauses import paused_until
from reviews.services import notifying
from tenancy.context import tenant_scope
from tenancy.escape import across_tenants

TICK = 60
"""Seconds between two looks."""

DUE = """
    SELECT tenant_id, id FROM (
        SELECT place.tenant_id, place.id, place.due,
            row_number() OVER (PARTITION BY place.tenant_id ORDER BY place.due, place.id) AS turn
        FROM (
            SELECT tenant_id, id, least(newest_due_at, sweep_due_at) AS due
            FROM reviews_location
            WHERE source = 'google' AND property_id IS NOT NULL
            AND (rests_until IS NULL OR rests_until <= %(at)s)
        ) AS place
        JOIN reviews_connection AS consent
            ON consent.tenant_id = place.tenant_id AND consent.state IN ('connected', 'refused')
        WHERE place.due <= %(at)s
    ) AS waiting
    ORDER BY turn, due, id LIMIT %(most)s
"""
"""First one of each company, then the second ones: nobody's hundred come before another's one."""

SENDING = """
    SELECT tenant_id, id FROM reviews_review
    WHERE sending_at <= %(at)s
    AND (sending_leased_until IS NULL OR sending_leased_until <= %(at)s)
    ORDER BY sending_at, id LIMIT %(most)s
"""

EXPIRED = """
    SELECT DISTINCT tenant_id FROM reviews_review
    WHERE erasure = '' AND content_expires_at <= %(at)s
"""

NAMED = """
    SELECT tenant_id, id FROM reviews_location
    WHERE source = 'google' AND property_id IS NOT NULL AND name = %(name)s
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A location of a company that is to be read."""

    tenant_id: int
    location_id: str


def due(*, most: int) -> list[Due]:
    """Return the locations that are to be read now, in the order in which it is their turn."""
    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(DUE, {"at": timezone.now(), "most": most})
        return [Due(tenant_id, str(key)) for tenant_id, key in cursor.fetchall()]


def sending(*, most: int) -> list[tuple[int, str]]:
    """Return the companies and reviews whose reply is to be sent, or looked after, now."""
    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(SENDING, {"at": timezone.now(), "most": most})
        return [(tenant_id, str(key)) for tenant_id, key in cursor.fetchall()]


def named(name: str) -> list[Due]:
    """Return the locations of that name, `locations/…`: several companies may read one."""
    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(NAMED, {"name": name})
        return [Due(tenant_id, str(key)) for tenant_id, key in cursor.fetchall()]


def read_due() -> None:
    """Queue what can be asked for until the next look: replies on their way, then readings.

    None while Google wants silence. What no worker takes up in time is due at the next look.
    """
    from reviews.tasks.tenant import read_location, send_reply  # noqa: PLC0415 (tasks import this)

    if paused_until(REVIEWS, at=timezone.now()):
        return
    most = ceil(TICK / space())
    replies = sending(most=most)
    for tenant_id, review_id in replies:
        with tenant_scope(tenant_id):
            send_reply.apply_async(args=(review_id,), expires=TICK)
    for each in due(most=most - len(replies)):
        with tenant_scope(each.tenant_id):
            read_location.apply_async(args=(each.location_id,), expires=TICK)


def expire_due() -> None:
    """Queue the erasure of what may no longer be kept, for each company that has some."""
    notifying.forget(at=timezone.now())
    from reviews.tasks.tenant import expire_content  # noqa: PLC0415 (tasks import this)

    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(EXPIRED, {"at": timezone.now()})
        tenants = [row[0] for row in cursor.fetchall()]
    for tenant_id in tenants:
        with tenant_scope(tenant_id):
            expire_content.delay()


def pass_hint(*, location: str, key: str) -> None:
    """Queue a notification's review for each company that reads its location."""
    from reviews.tasks.tenant import follow_hint  # noqa: PLC0415 (tasks import this)

    for each in named(location):
        with tenant_scope(each.tenant_id):
            follow_hint.delay(each.location_id, key)
