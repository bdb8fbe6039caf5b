"""What one question finds of a code, and of the request that may have been here before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from promotions import terms
from promotions.models import CouponUse
from promotions.selectors.coupons import Grant
from promotions.services.asks import Ask, digest_of
from promotions.services.persons import find_person
from promotions.spending.prepared import Statement
from tenancy.context import require_tenant_id

# An unknown code finds some coupon of the tenant, so that it takes as long as one that is known.
FIND = Statement("""
    SELECT
        (SELECT version FROM tenancy_contentversion WHERE tenant_id = %(tenant)s::bigint),
        coalesce(c.coupon_id, (
            SELECT id FROM promotions_coupon
            WHERE tenant_id = %(tenant)s::bigint ORDER BY id LIMIT 1
        )),
        c.id, c.subject_id, c.ends_at, c.disabled_at, u.id
    FROM (SELECT) AS nothing
    LEFT JOIN promotions_couponcode c
        ON c.tenant_id = %(tenant)s::bigint AND c.code = %(code)s::text
    LEFT JOIN promotions_couponuse u
        ON u.tenant_id = %(tenant)s::bigint AND u.id = %(use)s::uuid
""")


@dataclass(frozen=True)
class CodeFacts:
    """A code that exists."""

    id: UUID
    subject_id: UUID | None
    ends_at: datetime | None
    disabled_at: datetime | None


@dataclass(frozen=True)
class Found:
    """The code and what its coupon grants; without a code, what any coupon grants.

    `has_been_here`: the request's use is there. `was_read`: the grant was not known.
    """

    version: int
    coupon_id: UUID | None
    code: CodeFacts | None
    grant: Grant | None
    was_read: bool
    has_been_here: bool


def find(ask: Ask, use_id: UUID | None = None) -> Found:
    """Look a code up, and the use that the request may have written before."""
    params = {"tenant": require_tenant_id(), "code": ask.written, "use": use_id}
    with connection.cursor() as cursor:
        FIND.run(cursor, params)
        version, coupon_id, code_id, *rest, earlier = cursor.fetchone()
    grant, was_read = terms.grant_of(coupon_id, version=version or 0)
    return Found(
        version=version or 0,
        coupon_id=coupon_id,
        code=code_id and CodeFacts(code_id, *rest),
        grant=grant,
        was_read=was_read,
        has_been_here=earlier is not None,
    )


def earlier_use(use_id: UUID, ask: Ask, found: Found) -> CouponUse | None:
    """Return the use that the same request has written; None if another one did, with its key."""
    use = CouponUse.objects.get(pk=use_id)
    subject_id = find_person(ask, found)
    return use if use.digest == digest_of(ask, subject_id) else None
