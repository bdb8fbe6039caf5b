"""Uses that were taken before a limit was set: they are put on its meter as well."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from promotions.rules.limits import Want
from tenancy.context import require_tenant_id

NEVER = -1
"""A whole that no limit is: whoever wants something must divide the meter first."""

ADD_TO_USES = """
    UPDATE promotions_couponuse u SET
        took = u.took || more.took::jsonb,
        took_count = u.took_count + jsonb_array_length(more.took::jsonb),
        wanted_count = u.wanted_count + jsonb_array_length(more.took::jsonb)
    FROM unnest(%(ids)s::uuid[], %(took)s::text[]) AS more (id, took)
    WHERE u.tenant_id = %(tenant)s AND u.id = more.id
"""

HOLD_STILL = """
    SELECT m.id FROM promotions_meter m
    JOIN unnest(%(owners)s::uuid[], %(keys)s::text[]) AS w (owner_id, key) USING (owner_id, key)
    WHERE m.tenant_id = %(tenant)s ORDER BY m.owner_id, m.key, m.slot FOR UPDATE OF m
"""

UNDIVIDE = """
    UPDATE promotions_meter m SET whole = %(never)s
    FROM unnest(%(owners)s::uuid[], %(keys)s::text[]) AS w (owner_id, key)
    WHERE m.tenant_id = %(tenant)s AND m.owner_id = w.owner_id AND m.key = w.key
"""

ADD_TO_METERS = """
    INSERT INTO promotions_meter AS m
        (id, tenant_id, owner_id, key, slot, taken, "limit", whole, is_spread)
    SELECT gen_random_uuid(), %(tenant)s, owner_id, key, 0, amount, amount, %(never)s, false
    FROM unnest(%(owners)s::uuid[], %(keys)s::text[], %(amounts)s::bigint[])
        AS w (owner_id, key, amount)
    ORDER BY owner_id, key
    ON CONFLICT (tenant_id, owner_id, key, slot) DO UPDATE SET
        taken = m.taken + excluded.taken,
        "limit" = greatest(m."limit", m.taken + excluded.taken),
        whole = excluded.whole
"""


def catch_up(lacking: Mapping[UUID, Sequence[Want]]) -> None:
    """Count towards each use's wants what it has not taken of them yet, whatever their limits.

    In the caller's transaction, which has locked the uses.
    """
    amounts: Counter[tuple[UUID, str]] = Counter()
    for wants in lacking.values():
        for want in wants:
            amounts[want.owner_id, want.key] += want.amount
    params: dict[str, Any] = {
        "tenant": require_tenant_id(),
        "never": NEVER,
        "ids": list(lacking),
        "took": [_as_json(wants) for wants in lacking.values()],
        "owners": [owner_id for owner_id, _key in amounts],
        "keys": [key for _owner_id, key in amounts],
        "amounts": list(amounts.values()),
    }
    with connection.cursor() as cursor:
        for statement in (ADD_TO_USES, HOLD_STILL, UNDIVIDE, ADD_TO_METERS):
            cursor.execute(statement, params)


def _as_json(wants: Sequence[Want]) -> str:
    return json.dumps([(str(want.owner_id), want.key, 0, want.amount) for want in wants])
