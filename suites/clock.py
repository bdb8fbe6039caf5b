"""The instant as of which a page shows prices, and when it has to be drawn again."""

from datetime import datetime

from django.http import HttpRequest

from suites.selectors import Offer
from tenancy.store.keeping import changes_at
from theme.clock import instant_of


def shown_at(request: HttpRequest, offer: Offer) -> datetime:
    """Return the request's instant; the page store learns how long what is sold stays the same."""
    at = instant_of(request)
    changes_at(request, offer.next_turn(at))
    return at
