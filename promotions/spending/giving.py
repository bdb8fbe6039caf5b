"""After a use was taken: spending what is held, and giving back, each in one statement."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from promotions.enums import Step, UseState
from promotions.spending.prepared import Statement
from tenancy.context import require_tenant_id

SETTLE = Statement("""
    WITH done AS (
        UPDATE promotions_couponuse
        SET state = 'spent', ended_at = %(at)s::timestamptz
        WHERE tenant_id = %(tenant)s::bigint AND id = %(use)s::uuid
        AND state = 'held' AND expires_at > %(at)s::timestamptz
        RETURNING *
    ), entry AS (
        INSERT INTO promotions_ledgerentry
            (id, tenant_id, at, use_id, coupon_id, step, discount_centavos, actor, digest)
        SELECT %(entry)s::uuid, %(tenant)s::bigint, %(at)s::timestamptz, id, coupon_id, 'commit',
            discount_centavos, %(actor)s::text, %(digest)s::text
        FROM done
    )
    SELECT id, coupon_id, rule_id, property_id, price_centavos, discount_centavos, beside_centavos,
        gives, created_at, expires_at
    FROM done
""")

# Uses are locked before meters, and meters in the order in which TAKE locks them.
END = """
    WITH ending AS (
        SELECT id FROM promotions_couponuse WHERE tenant_id = %(tenant)s AND {which}
    ), ended AS (
        UPDATE promotions_couponuse u SET state = %(state)s, ended_at = %(at)s
        FROM ending WHERE u.tenant_id = %(tenant)s AND u.id = ending.id
        RETURNING u.id, u.coupon_id, u.discount_centavos, u.took
    ), parts AS (
        SELECT (part->>0)::uuid AS owner_id, part->>1 AS key, (part->>2)::int AS slot,
            sum((part->>3)::bigint)::bigint AS amount
        FROM ended, jsonb_array_elements(ended.took) AS part
        GROUP BY 1, 2, 3
    ), locked AS (
        SELECT m.id, parts.amount
        FROM promotions_meter m JOIN parts USING (owner_id, key, slot)
        WHERE m.tenant_id = %(tenant)s
        ORDER BY m.owner_id, m.key, m.slot
        FOR UPDATE OF m
    ), given_back AS (
        UPDATE promotions_meter m SET
            taken = m.taken - locked.amount,
            "limit" = m."limit" - CASE WHEN m.is_spread THEN locked.amount ELSE 0 END
        FROM locked WHERE m.tenant_id = %(tenant)s AND m.id = locked.id
    )
    INSERT INTO promotions_ledgerentry
        (id, tenant_id, at, use_id, coupon_id, step, discount_centavos, actor, digest)
    SELECT coalesce(%(entry)s::uuid, gen_random_uuid()), %(tenant)s, %(at)s, id, coupon_id,
        %(step)s, discount_centavos, %(actor)s, %(digest)s
    FROM ended
"""
END_ONE = END.format(which="id = %(use)s AND state = %(before)s FOR UPDATE")
OVERDUE = "state = 'held' AND expires_at <= %(at)s"
EXPIRE_ONE = END.format(which=f"id = %(use)s AND {OVERDUE} FOR UPDATE")
EXPIRE_SOME = END.format(
    which=f"{OVERDUE} ORDER BY expires_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED"
)
EXPIRE_OF = END.format(
    which=f"{OVERDUE} AND (coupon_id = %(coupon)s OR rule_id = %(rule)s) "
    "ORDER BY expires_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED"
)
BATCH = 200
"""Uses that are ended in one statement, at most."""


class Ending(NamedTuple):
    """A way in which a use ends, and gives back what it had taken."""

    before: UseState
    after: UseState
    step: Step


CANCELLED = Ending(UseState.HELD, UseState.CANCELLED, Step.CANCEL)
REVERSED = Ending(UseState.SPENT, UseState.REVERSED, Step.REVERSE)
EXPIRED = Ending(UseState.HELD, UseState.EXPIRED, Step.EXPIRE)


@dataclass(frozen=True)
class Entry:
    """A line of the ledger: who did it, and by which request. Without an id it gets any."""

    id: UUID | None = None
    actor: str = ""
    digest: str = ""


NOBODY = Entry()


class Settled(NamedTuple):
    """A use that has just been spent."""

    id: UUID
    coupon_id: UUID
    rule_id: UUID
    property_id: UUID
    price_centavos: int
    discount_centavos: int
    beside_centavos: int
    gives: dict[str, Any]
    created_at: datetime
    expires_at: datetime


def settle(use_id: UUID, entry: Entry, *, at: datetime) -> Settled | None:
    """Spend what is held, and return it; None if it is not held, or should no longer be.

    Raises IntegrityError where the entry's id was written before.
    """
    params = {"use": use_id, "entry": entry.id, "actor": entry.actor, "digest": entry.digest}
    with connection.cursor() as cursor:
        SETTLE.run(cursor, {**params, "at": at, "tenant": require_tenant_id()})
        row = cursor.fetchone()
    return Settled(*row)._replace(gives=json.loads(row[7])) if row else None


def end(use_id: UUID, ending: Ending, entry: Entry, *, at: datetime) -> bool:
    """End a use, giving back all that it had taken; say whether it was in a state to be ended.

    Raises IntegrityError where the entry's id was written before.
    """
    before = {"use": use_id, "before": ending.before.value}
    return _run(END_ONE, _ending(ending, entry, at) | before) == 1


def expire(use_id: UUID, *, at: datetime) -> bool:
    """End a hold that is past its time, and say whether it was one."""
    return _run(EXPIRE_ONE, _ending(EXPIRED, NOBODY, at) | {"use": use_id}) == 1


def expire_overdue(
    coupon_id: UUID | None = None, rule_id: UUID | None = None, *, at: datetime
) -> int:
    """End a batch of holds that are past their time, and return how many there were.

    Those of a coupon or a promotion, or without either of the whole tenant. Holds that somebody
    else is ending just now are left to them.
    """
    params = _ending(EXPIRED, NOBODY, at) | {"limit": BATCH}
    if coupon_id is None and rule_id is None:
        return _run(EXPIRE_SOME, params)
    return _run(EXPIRE_OF, params | {"coupon": coupon_id, "rule": rule_id})


def _ending(ending: Ending, entry: Entry, at: datetime) -> dict[str, Any]:
    return {
        "state": ending.after.value,
        "step": ending.step.value,
        "entry": entry.id,
        "actor": entry.actor,
        "digest": entry.digest,
        "at": at,
    }


def _run(statement: str, params: dict[str, Any]) -> int:
    """Return how many lines of the ledger a statement wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {**params, "tenant": require_tenant_id()})
        return int(cursor.rowcount)
