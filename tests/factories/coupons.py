"""Coupons with a code and a promotion, and what guests ask of them."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from promotions.enums import Effect
from promotions.models import Coupon, CouponCode, PromotionRule
from promotions.rules.codes import normalise
from promotions.rules.effects import Bill
from promotions.services import Ask
from tenancy.models import Property

NOON = datetime(2026, 11, 25, 15, tzinfo=UTC)
"""A Wednesday's noon in São Paulo."""

PERSONS = ("529.982.247-25", "111.444.777-35", "935.411.347-80")
"""CPFs of nobody, as people write them."""


def make_rule(slug: str = "dez", **fields: Any) -> PromotionRule:
    """Create a promotion that takes R$ 10 off, unless the fields say otherwise."""
    given = {"effect": Effect.AMOUNT, "amount_centavos": 1000, **fields}
    rule: PromotionRule = PromotionRule.objects.create(slug=slug, name=slug.title(), **given)
    return rule


def make_coupon(rule: PromotionRule, code: str = "TERCA10", **fields: Any) -> Coupon:
    """Create a coupon of a promotion, and its one code."""
    coupon: Coupon = Coupon.objects.create(
        rule=rule, slug=f"cupom-{uuid4().hex[:8]}", name=code, code=code, **fields
    )
    make_code(coupon, code)
    return coupon


def make_code(coupon: Coupon, code: str, **fields: Any) -> CouponCode:
    issued: CouponCode = CouponCode.objects.create(
        coupon_id=coupon.pk, code=normalise(code), **fields
    )
    return issued


def ask_for(house: Property, code: str = "TERCA10", *, at: datetime = NOON, **fields: Any) -> Ask:
    """Return what a guest asks who has a code, and would pay R$ 100 without it."""
    return Ask(**{"code": code, "at": at, "house": house, "bill": Bill(10_000), **fields})
