"""Promotions as lists show them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from promotions.selectors import live_promotions
from theme.clock import instant_of
from theme.selectors import venue_of


@dataclass(frozen=True)
class PromotionCard:
    """A promotion as a list shows it."""

    title: str
    text: str
    url: str
    image: Any = None


def promotion_cards(request: HttpRequest) -> list[PromotionCard]:
    """Return the promotions in force at the venue, at the instant that the page shows."""
    venue = venue_of(request)
    if venue is None:
        return []
    pages = live_promotions(venue=venue.property, language=get_language(), at=instant_of(request))
    return [
        PromotionCard(page.title, page.intro, page.get_url(request) or "", page.cover)
        for page in pages
    ]
