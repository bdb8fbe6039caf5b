"""The promotions that a page shows at its instant, and when it has to be drawn again."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language

from promotions.pages import PromotionPage
from promotions.rules.spans import next_turn
from promotions.selectors import in_force, published_promotions
from tenancy.store.keeping import changes_at, known
from theme.clock import instant_of
from theme.pictures import read_renditions
from theme.selectors import venue_of


def shown_promotions(request: HttpRequest) -> list[PromotionPage]:
    """Return the promotions in force at the venue, at the instant that the page shows."""
    venue = venue_of(request)
    if venue is None:
        return []
    house, language = venue.property, get_language()
    pages = known(
        request,
        ("promotions", house.pk, language),
        lambda: published_promotions(venue=house, language=language),
    )
    shown = in_force(pages, at=shown_at(request, pages))
    read_renditions(page.cover for page in shown)
    return shown


def shown_at(request: HttpRequest, pages: Iterable[PromotionPage]) -> datetime:
    """Return the request's instant; the store learns when a promotion next begins or ends."""
    at = instant_of(request)
    windows = (window for page in pages for window in page.windows)
    changes_at(request, next_turn(windows, after=at))
    return at
