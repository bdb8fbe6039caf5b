"""Promotions as lists show them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from promotions.clock import shown_promotions


@dataclass(frozen=True)
class PromotionCard:
    """A promotion as a list shows it."""

    title: str
    text: str
    url: str
    image: Any = None


def promotion_cards(request: HttpRequest) -> list[PromotionCard]:
    """Return the promotions in force at the venue, at the instant that the page shows."""
    pages = [each.page for each in shown_promotions(request)]
    return [
        PromotionCard(page.title, page.intro, page.get_url(request) or "", page.cover)
        for page in pages
    ]
