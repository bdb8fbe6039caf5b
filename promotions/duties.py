"""Promotions' part in a person's rights: uses of coupons, and codes that are theirs.

Uses stay for the accounts. What named the person in them becomes a name that nobody has.
"""

from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from privacy.rights import Duty, Found, register
from promotions.models import Coupon, CouponCode, CouponUse, OfferSnapshot
from promotions.services.revealing import asker_of
from tenancy.context import require_tenant_id

FORGET = (
    """
    UPDATE promotions_couponuse SET subject_id = %(new)s,
        took = replace(took::text, %(old)s::text, %(new)s::text)::jsonb
    WHERE tenant_id = %(tenant)s AND subject_id = %(old)s
    """,
    """
    UPDATE promotions_meter SET key = 'person:' || %(new)s
    WHERE tenant_id = %(tenant)s AND key = 'person:' || %(old)s
    """,
    """
    UPDATE promotions_couponcode
    SET subject_id = %(new)s, disabled_at = coalesce(disabled_at, %(at)s)
    WHERE tenant_id = %(tenant)s AND subject_id = %(old)s
    """,
)
"""Limits stay as they are taken, and what is given back finds its meter."""


def export_subject(subject_id: UUID) -> Found:
    """Return a person's uses of coupons, their codes, and what they were told of offers."""
    uses = CouponUse.objects.filter(subject_id=subject_id).order_by("created_at")
    codes = CouponCode.objects.filter(subject_id=subject_id).order_by("created_at")
    askers = [asker_of(coupon, subject_id, "") for coupon in Coupon.objects.all()]
    told = OfferSnapshot.objects.filter(asker__in=askers).order_by("at")
    found = {
        "uses": [
            {
                "at": use.created_at.isoformat(),
                "state": use.state,
                "price_centavos": use.price_centavos,
                "discount_centavos": use.discount_centavos,
                "beside_centavos": use.beside_centavos,
                "stay": use.stay,
                "gives": use.gives,
            }
            for use in uses
        ],
        "codes": [{"code": each.code, "since": each.created_at.isoformat()} for each in codes],
        "offers": [{"at": each.at.isoformat(), "words": each.words} for each in told],
    }
    return {name: rows for name, rows in found.items() if rows}


@transaction.atomic
def erase_subject(subject_id: UUID) -> bool:
    """Have nothing name a person any more; False if nothing did."""
    params: dict[str, Any] = {
        "tenant": require_tenant_id(),
        "old": str(subject_id),
        "new": str(uuid4()),
        "at": timezone.now(),
    }
    changed = 0
    with connection.cursor() as cursor:
        for statement in FORGET:
            cursor.execute(statement, params)
            changed += cursor.rowcount
    return changed > 0


register(
    Duty(
        app="promotions",
        kind="subject",
        models=frozenset(
            {
                "promotions.couponcode",
                "promotions.couponuse",
                "promotions.meter",
                "promotions.offersnapshot",
            }
        ),
        export=export_subject,
        erase=erase_subject,
    )
)
