"""Promotions, the pages that tell of them, coupons, and how often these were used."""

from promotions.models.codes import CodeBatch, CouponCode
from promotions.models.coupons import Coupon, CouponProperty
from promotions.models.gate import GateDevice, OfflineUse
from promotions.models.guests import BookingIntent, OfferSnapshot
from promotions.models.rules import (
    PromotionRule,
    PromotionRuleProperty,
    PromotionRuleStay,
    PromotionRuleSuiteType,
    PromotionWindow,
)
from promotions.models.uses import CouponUse, LedgerEntry, Meter
from promotions.pages import PromotionIndexPage, PromotionPage

__all__ = [
    "BookingIntent",
    "CodeBatch",
    "Coupon",
    "CouponCode",
    "CouponProperty",
    "CouponUse",
    "GateDevice",
    "LedgerEntry",
    "Meter",
    "OfferSnapshot",
    "OfflineUse",
    "PromotionIndexPage",
    "PromotionPage",
    "PromotionRule",
    "PromotionRuleProperty",
    "PromotionRuleStay",
    "PromotionRuleSuiteType",
    "PromotionWindow",
]
