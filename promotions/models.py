"""Promotions. So far they are pages: what grants a discount will stand beside them here."""

from promotions.pages import (  # noqa: F401 (models, too)
    PromotedStay,
    PromotedSuiteType,
    PromotionIndexPage,
    PromotionPage,
)
