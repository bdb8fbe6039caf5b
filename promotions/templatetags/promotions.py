"""Tags that ask the selectors on a template's behalf, and write when promotions begin and end."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format

from promotions import selectors
from promotions.clock import shown_at, shown_promotions
from promotions.pages import PromotionPage
from suites.clock import shown_at as prices_shown_at
from suites.templatetags.suites import calendar_day, offer_of
from theme.selectors import Venue

register = template.Library()


@register.simple_tag(takes_context=True)
def live_promotions(context: template.Context) -> list[PromotionPage]:
    """Return the promotions in force at the instant that the page shows."""
    return shown_promotions(context["request"])


@register.simple_tag(takes_context=True)
def promotion_facts(
    context: template.Context, page: PromotionPage
) -> selectors.PromotionFacts | None:
    """Return what a promotion covers, and whether it is in force."""
    request = context["request"]
    offer = offer_of(request)
    if offer is None:
        return None
    facts = selectors.promotion_facts(page, offer=offer, at=shown_at(request, [page]))
    if facts.suites:
        prices_shown_at(request, offer)  # cards tell what a stay costs now
    return facts


@register.filter
def first_moment(begin: datetime, venue: Venue) -> str:
    """Write when a promotion begins, in its venue's time; the hour unless it is midnight."""
    return _written(begin.astimezone(_zone(venue)))


@register.filter
def last_moment(end: datetime, venue: Venue) -> str:
    """Write when a promotion ends: one that ends at midnight has the day before as its last."""
    local = end.astimezone(_zone(venue))
    return _written(local - timedelta(days=1) if local.time() == time.min else local)


def _zone(venue: Venue) -> ZoneInfo:
    return ZoneInfo(venue.property.timezone)


def _written(local: datetime) -> str:
    day = calendar_day(local.date())
    return day if local.time() == time.min else f"{day}, {date_format(local, 'TIME_FORMAT')}"
