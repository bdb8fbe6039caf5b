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
from promotions.spending.prepared import Statement
from promotions.spending.wants import No, Slot, choose, guess
from tenancy.context import require_tenant_id

TRIES = 100
"""A try fails only when somebody else's has succeeded meanwhile: so many in a row are a mistake."""

NOT_ALL = {"promotions_use_took_all", "promotions_meter_limit"}
"""What a use violates that did not get all that it wanted."""

TAKE = Statement("""
    WITH use AS (
        SELECT * FROM jsonb_to_record(%(use)s::jsonb) AS u (
            tenant_id bigint, id uuid, coupon_id uuid, code_id uuid, rule_id uuid,
            property_id uuid, subject_id uuid, state text, step text, price_centavos integer,
            discount_centavos integer, beside_centavos integer, stay jsonb, gives jsonb,
            wants jsonb, digest text, actor text, at timestamptz, expires_at timestamptz,
            ended_at timestamptz
        )
    ), wanted AS (
        SELECT use.tenant_id, (want->>0)::uuid AS owner_id, want->>1 AS key,
            (want->>2)::smallint AS slot, (want->>3)::bigint AS amount,
            (want->>4)::bigint AS "limit", (want->>5)::boolean AS is_spread
        FROM use, jsonb_array_elements(use.wants) AS want
    ), took AS (
        INSERT INTO promotions_meter AS m
            (id, tenant_id, owner_id, key, slot, taken, "limit", whole, is_spread)
        SELECT gen_random_uuid(), w.tenant_id, w.owner_id, w.key, w.slot,
            w.amount, w."limit", w."limit", w.is_spread
        FROM wanted w
        WHERE NOT w.is_spread OR (
            SELECT true FROM promotions_meter o
            WHERE o.tenant_id = w.tenant_id AND o.owner_id = w.owner_id
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
            price_centavos, discount_centavos, beside_centavos, stay, gives,
            took, took_count, wanted_count, digest, created_at, expires_at, ended_at
        )
        SELECT id, tenant_id, coupon_id, code_id, rule_id, property_id, subject_id, state,
            price_centavos, discount_centavos, beside_centavos, stay, gives, wants,
            (SELECT count(*) FROM took), jsonb_array_length(wants),
            digest, at, expires_at, ended_at
        FROM use
        RETURNING id
    )
    INSERT INTO promotions_ledgerentry
        (id, tenant_id, at, use_id, coupon_id, step, discount_centavos, actor, digest)
    SELECT used.id, tenant_id, at, used.id, coupon_id, step, discount_centavos, actor, digest
    FROM use, used
""")


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
    beside_centavos: int = 0
    expires_at: datetime | None = None
    subject_id: UUID | None = None
    actor: str = ""
    stay: dict[str, Any] = field(default_factory=dict)
    gives: dict[str, Any] = field(default_factory=dict)

    def as_json(self, slots: Sequence[Slot]) -> str:
        """Return the use as `TAKE` reads it, with what it takes from which slots."""
        is_held = self.expires_at is not None
        said = {
            **vars(self),
            "tenant_id": require_tenant_id(),
            "state": UseState.HELD if is_held else UseState.SPENT,
            "step": Step.HOLD if is_held else Step.COMMIT,
            "ended_at": None if is_held else self.at,
            "wants": [
                (s.want.owner_id, s.want.key, s.number, s.want.amount, s.want.limit, s.is_spread)
                for s in slots
            ],
        }
        return json.dumps(said, default=str)


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
            TAKE.run(cursor, {"use": use.as_json(slots)})
    except IntegrityError as error:
        if violated(error) in NOT_ALL:
            return False
        raise AlreadyTaken from error
    return True


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
