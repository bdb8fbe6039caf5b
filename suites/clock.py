"""The instant as of which a page shows prices, and when it has to be drawn again."""

from datetime import datetime

from django.http import HttpRequest

from suites.selectors import Offer
from tenancy.store.keeping import changes_at
from theme.clock import instant_of


def shown_at(request: HttpRequest, offer: Offer) -> datetime:
    """Return the request's instant, or one before it since which what is sold is the same.

    The page store learns until when.
    """
    spell = offer.spell(instant_of(request))
    changes_at(request, spell.ends_at)
    return spell.begins_at
