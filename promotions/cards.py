"""Promotions as lists show them."""

from django.http import HttpRequest

from promotions.clock import shown_promotions
from promotions.shown import PromotionCard


def promotion_cards(request: HttpRequest) -> list[PromotionCard]:
    """Return the promotions in force at the venue, at the instant that the page shows."""
    pages = [each.page for each in shown_promotions(request)]
    return [
        PromotionCard(page.title, page.intro, page.get_url(request) or "", page.cover)
        for page in pages
    ]
