"""Promotions, the pages that tell of them, coupons, and how often these were used."""

from promotions.models.codes import CodeBatch, CouponCode
from promotions.models.coupons import Coupon, CouponProperty
from promotions.models.gate import GateDevice
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
    "CodeBatch",
    "Coupon",
    "CouponCode",
    "CouponProperty",
    "CouponUse",
    "GateDevice",
    "LedgerEntry",
    "Meter",
    "PromotionIndexPage",
    "PromotionPage",
    "PromotionRule",
    "PromotionRuleProperty",
    "PromotionRuleStay",
    "PromotionRuleSuiteType",
    "PromotionWindow",
]
