"""What the venue of a request sells: one offer for all that is drawn, and for many pages."""

from django.http import HttpRequest
from django.utils.translation import get_language

from suites.selectors import Offer
from tenancy.store.keeping import known
from theme.selectors import venue_of


def offer_of(request: HttpRequest) -> Offer | None:
    """Return what the venue of a request sells, the same object for all that is drawn in it."""
    offers: dict[str, Offer | None] = request.__dict__.setdefault("suites_offers", {})
    language = get_language()
    if language not in offers:
        venue = venue_of(request)
        offers[language] = (
            known(
                request,
                ("offer", venue.property.pk, language),
                lambda: Offer(venue.property, language),
            )
            if venue
            else None
        )
    return offers[language]
