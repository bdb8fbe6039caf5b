"""Taking: a use, all that it wants of its limits, and its first step, in one statement."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from promotions.enums import Step, UseState
from promotions.rules.limits import Want
from promotions.spending.giving import expire_overdue
from promotions.spending.meters import divide, look
from promotions.spending.wants import No, Slot, choose, guess
from tenancy.context import require_tenant_id

TRIES = 100
"""A try fails only when somebody else's has succeeded meanwhile: so many in a row are a mistake."""

NOT_ALL = {"promotions_use_took_all", "promotions_meter_limit"}
"""What a use violates that did not get all that it wanted."""

TAKE = """
    WITH took AS (
        INSERT INTO promotions_meter AS m
            (id, tenant_id, owner_id, key, slot, taken, "limit", whole, is_spread)
        SELECT gen_random_uuid(), %(tenant)s, w.owner_id, w.key, w.slot,
            w.amount, w."limit", w."limit", w.is_spread
        FROM unnest(
            %(owners)s::uuid[], %(keys)s::text[], %(slots)s::int[],
            %(amounts)s::bigint[], %(limits)s::bigint[], %(spread)s::bool[]
        ) AS w (owner_id, key, slot, amount, "limit", is_spread)
        WHERE NOT w.is_spread OR EXISTS (
            SELECT FROM promotions_meter o
            WHERE o.tenant_id = %(tenant)s AND o.owner_id = w.owner_id
            AND o.key = w.key AND o.slot = w.slot
        )
        ORDER BY w.owner_id, w.key, w.slot
        ON CONFLICT (tenant_id, owner_id, key, slot) DO UPDATE SET
            taken = m.taken + excluded.taken,
            "limit" = CASE WHEN m.is_spread THEN m."limit" ELSE excluded."limit" END,
            whole = excluded.whole
        WHERE m.is_spread = excluded.is_spread
        AND (m.whole = excluded.whole OR NOT m.is_spread)
        AND m.taken + excluded.taken
            <= CASE WHEN m.is_spread THEN m."limit" ELSE excluded."limit" END
        RETURNING 1
    ), used AS (
        INSERT INTO promotions_couponuse (
            id, tenant_id, coupon_id, code_id, rule_id, property_id, subject_id, state,
            price_centavos, discount_centavos, stay, gives, took, took_count, wanted_count,
            digest, created_at, expires_at, ended_at
        )
        SELECT %(id)s::uuid, %(tenant)s, %(coupon)s::uuid, %(code)s::uuid, %(rule)s::uuid,
            %(property)s::uuid, %(subject)s::uuid, %(state)s, %(price)s, %(discount)s,
            %(stay)s::jsonb, %(gives)s::jsonb, %(took)s::jsonb, (SELECT count(*) FROM took),
            %(wanted)s, %(digest)s, %(at)s::timestamptz, %(expires_at)s::timestamptz,
            %(ended_at)s::timestamptz
        RETURNING id
    )
    INSERT INTO promotions_ledgerentry
        (id, tenant_id, at, use_id, coupon_id, step, discount_centavos, actor, digest)
    SELECT id, %(tenant)s, %(at)s::timestamptz, id, %(coupon)s::uuid, %(step)s, %(discount)s,
        %(actor)s, %(digest)s
    FROM used
"""


class AlreadyTaken(Exception):
    """A use with this id is there: the request has been here before, or another with its key."""


class Contended(RuntimeError):
    """However often it was tried, others were first."""


@dataclass(frozen=True)
class NewUse:
    """A use to be written: held until `expires_at`, or spent at once without it."""

    id: UUID
    coupon_id: UUID
    code_id: UUID
    rule_id: UUID
    property_id: UUID
    price_centavos: int
    discount_centavos: int
    digest: str
    at: datetime
    expires_at: datetime | None = None
    subject_id: UUID | None = None
    actor: str = ""
    stay: dict[str, Any] = field(default_factory=dict)
    gives: dict[str, Any] = field(default_factory=dict)

    def params(self) -> dict[str, Any]:
        is_held = self.expires_at is not None
        return {
            "id": self.id,
            "coupon": self.coupon_id,
            "code": self.code_id,
            "rule": self.rule_id,
            "property": self.property_id,
            "subject": self.subject_id,
            "state": (UseState.HELD if is_held else UseState.SPENT).value,
            "step": (Step.HOLD if is_held else Step.COMMIT).value,
            "price": self.price_centavos,
            "discount": self.discount_centavos,
            "stay": json.dumps(self.stay),
            "gives": json.dumps(self.gives),
            "digest": self.digest,
            "at": self.at,
            "expires_at": self.expires_at,
            "ended_at": None if is_held else self.at,
            "actor": self.actor,
        }


def take(use: NewUse, wants: Sequence[Want]) -> list[Want]:
    """Write a use with all that it wants, or nothing; return the wants whose limits are full.

    Holds that should have ended are ended before anybody is refused for them. In autocommit, one
    message to the database while there is room. Raises `AlreadyTaken`.
    """
    slots = [guess(want) for want in wants]
    has_swept = False
    for _try in range(TRIES):
        if _write(use, slots):
            return []
        choices = _choices(wants)
        if full := [want for want, choice in choices if choice is No.FULL]:
            if has_swept or not expire_overdue(use.coupon_id, use.rule_id, at=use.at):
                return full
            has_swept = True
            continue
        slots = [choice for _want, choice in choices if isinstance(choice, Slot)]
    raise Contended


def _choices(wants: Sequence[Want]) -> list[tuple[Want, Slot | No]]:
    """Look at the meters, divide those that need it, and return where each want can be taken."""
    chosen = [(want, choose(want, rows)) for want, rows in zip(wants, look(wants), strict=True)]
    if any(choice is No.FULL for _want, choice in chosen):
        return chosen
    undivided = [want for want, choice in chosen if choice is No.UNDIVIDED]
    for want in undivided:
        divide(want)
    return _choices(wants) if undivided else chosen


def _write(use: NewUse, slots: Sequence[Slot]) -> bool:
    """Return whether it was written, which it is only with everything that it wants."""
    try:
        with undone_alone(), connection.cursor() as cursor:
            cursor.execute(TAKE, parameters(use, slots))
    except IntegrityError as error:
        if violated(error) in NOT_ALL:
            return False
        raise AlreadyTaken from error
    return True


def parameters(use: NewUse, slots: Sequence[Slot]) -> dict[str, Any]:
    """Return what `TAKE` is told of a use, and of the slots from which it takes."""
    took = [(str(s.want.owner_id), s.want.key, s.number, s.want.amount) for s in slots]
    return {
        **use.params(),
        "tenant": require_tenant_id(),
        "owners": [slot.want.owner_id for slot in slots],
        "keys": [slot.want.key for slot in slots],
        "slots": [slot.number for slot in slots],
        "amounts": [slot.want.amount for slot in slots],
        "limits": [slot.want.limit for slot in slots],
        "spread": [slot.is_spread for slot in slots],
        "took": json.dumps(took),
        "wanted": len(slots),
    }


@contextmanager
def undone_alone() -> Iterator[None]:
    """Have a statement that fails undo itself alone, also within a transaction of a caller's."""
    if not connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        yield


def violated(error: IntegrityError) -> str:
    """Return the name of the constraint that refused a statement."""
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")
