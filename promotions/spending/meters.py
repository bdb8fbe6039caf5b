"""Meters: what is left of limits, and dividing a limit among the slots of its meter."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from promotions.rules.limits import Want
from promotions.spending.wants import SLOTS, No, Row, choose
from tenancy.context import require_tenant_id

LOOK = """
    SELECT w.number, m.slot, m.taken, m."limit", m.whole, m.is_spread
    FROM unnest(%(owners)s::uuid[], %(keys)s::text[])
        WITH ORDINALITY AS w (owner_id, key, number)
    JOIN promotions_meter m
        ON m.tenant_id = %(tenant)s AND m.owner_id = w.owner_id AND m.key = w.key
"""

OVERDUE = """
    SELECT w.number, sum((part->>3)::bigint)::bigint
    FROM promotions_couponuse u
    CROSS JOIN jsonb_array_elements(u.took) AS part
    JOIN unnest(%(owners)s::uuid[], %(keys)s::text[])
        WITH ORDINALITY AS w (owner_id, key, number)
        ON (part->>0)::uuid = w.owner_id AND part->>1 = w.key
    WHERE u.tenant_id = %(tenant)s AND u.state = 'held' AND u.expires_at <= %(at)s
    GROUP BY w.number
"""

LOCK = """
    SELECT pg_advisory_xact_lock(hashtextextended(%(owner)s::text || %(key)s, %(tenant)s))
"""

OPEN = """
    INSERT INTO promotions_meter
        (id, tenant_id, owner_id, key, slot, taken, "limit", whole, is_spread)
    SELECT gen_random_uuid(), %(tenant)s, %(owner)s, %(key)s, slot, 0, 0, %(whole)s, true
    FROM generate_series(0, %(slots)s - 1) AS slot ORDER BY slot
    ON CONFLICT (tenant_id, owner_id, key, slot) DO NOTHING
"""

HOLD_STILL = """
    SELECT slot FROM promotions_meter
    WHERE tenant_id = %(tenant)s AND owner_id = %(owner)s AND key = %(key)s
    ORDER BY slot FOR UPDATE
"""

DIVIDE = """
    UPDATE promotions_meter m SET
        "limit" = m.taken + rest / %(slots)s + (m.slot < rest %% %(slots)s)::int,
        whole = %(whole)s,
        is_spread = true
    FROM (
        SELECT greatest(0, %(whole)s - sum(taken))::bigint AS rest
        FROM promotions_meter
        WHERE tenant_id = %(tenant)s AND owner_id = %(owner)s AND key = %(key)s
    ) r
    WHERE tenant_id = %(tenant)s AND owner_id = %(owner)s AND key = %(key)s
"""


def look(wants: Sequence[Want]) -> list[list[Row]]:
    """Return the rows of each want's meter, of which there may be none."""
    found: list[list[Row]] = [[] for _want in wants]
    for number, *row in _ask(LOOK, wants):
        found[number - 1].append(Row(*row))
    return found


def what_is_left(wants: Sequence[Want], *, at: datetime) -> list[int]:
    """Return how much is left of each want's limit at an instant, whatever it wants of it.

    Holds that should have ended by then count no more, even if nobody has ended them yet.
    """
    taken = [sum(row.taken for row in rows) for rows in look(wants)]
    if any(want.limit < want.amount + so_far for want, so_far in zip(wants, taken, strict=True)):
        for number, amount in _ask(OVERDUE, wants, at=at):
            taken[number - 1] -= amount
    return [max(0, want.limit - so_far) for want, so_far in zip(wants, taken, strict=True)]


def _ask(query: str, wants: Sequence[Want], **params: Any) -> list[tuple[Any, ...]]:
    params |= {
        "tenant": require_tenant_id(),
        "owners": [want.owner_id for want in wants],
        "keys": [want.key for want in wants],
    }
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def divide(want: Want) -> None:
    """Share out what is left of a limit among all slots of its meter, and open those if need be.

    What slots have taken stays with them: of a limit that was lowered below it, none gets any. One
    at a time does so; who comes later finds that it has been done.
    """
    params: dict[str, Any] = {
        "tenant": require_tenant_id(),
        "owner": want.owner_id,
        "key": want.key,
        "whole": want.limit,
        "slots": SLOTS,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK, params)
        if choose(want, look([want])[0]) is not No.UNDIVIDED:
            return
        cursor.execute(OPEN, params)
        cursor.execute(HOLD_STILL, params)
        cursor.execute(DIVIDE, params)
