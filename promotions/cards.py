"""Promotions as lists show them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from theme.selectors import trail_of


@dataclass(frozen=True)
class PromotionCard:
    """A promotion as a list shows it."""

    title: str
    text: str
    url: str
    image: Any = None


def promotion_cards(*, page: Page, request: HttpRequest) -> list[PromotionCard]:
    """Return the published promotion pages of the site, and language, that a page is of."""
    found = (
        Page.objects.live()
        .descendant_of(trail_of(page)[0])
        .filter(content_type__app_label="promotions", content_type__model="promotionpage")
    )
    return [
        PromotionCard(each.title, each.search_description, each.get_url(request)) for each in found
    ]
