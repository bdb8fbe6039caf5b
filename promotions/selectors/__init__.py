"""What is read of promotions: by guests, and by decisions."""

from promotions.selectors.coupons import Grant, grants
from promotions.selectors.pages import (
    Promotion,
    PromotionFacts,
    in_force,
    promotion_facts,
    promotion_of,
    published_promotions,
)
from promotions.selectors.rules import automatic_rules, draft_rules, published_rules

__all__ = [
    "Grant",
    "Promotion",
    "PromotionFacts",
    "automatic_rules",
    "draft_rules",
    "grants",
    "in_force",
    "promotion_facts",
    "promotion_of",
    "published_promotions",
    "published_rules",
]
