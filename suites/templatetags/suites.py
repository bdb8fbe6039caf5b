"""Tags that ask the selectors on a template's behalf, and write prices, days and hours."""

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from suites import selectors, structured
from suites.clock import shown_at
from suites.enums import Weekday
from suites.models import SuiteType
from suites.offering import offer_of
from suites.pages import SuitePage, SuitePhoto
from theme.selectors import venue_of
from theme.structured import script
from theme.templatetags.theme import money

register = template.Library()

WEEK = 7
register.filter("money", money)


@register.simple_tag(takes_context=True)
def suite_cards(
    context: template.Context, only: Sequence[SuiteType | None] = ()
) -> list[selectors.SuiteCard]:
    """Return the cards of the house's suite types, or of those chosen."""
    request = context["request"]
    offer = offer_of(request)
    if offer is None:
        return []
    cards = selectors.suite_cards(offer, at=shown_at(request, offer), only=only)
    selectors.read_pictures(cards)
    return cards


@register.simple_tag(takes_context=True)
def suite_search(context: template.Context) -> selectors.SuiteSearch | None:
    """Return the search that the address asks for, with what it finds."""
    request = context["request"]
    offer = offer_of(request)
    if offer is None:
        return None
    query = dict(request.GET.lists())
    search = selectors.search_suites(offer, at=shown_at(request, offer), query=query)
    selectors.read_pictures(search.cards)
    return search


@register.simple_tag(takes_context=True)
def price_table(
    context: template.Context, suite_type: SuiteType | None
) -> selectors.PriceTable | None:
    """Return the prices of a suite type."""
    request = context["request"]
    offer = offer_of(request)
    if offer is None or suite_type is None:
        return None
    return selectors.price_table(offer, suite_type, at=shown_at(request, offer))


@register.simple_tag(takes_context=True)
def prices_now(
    context: template.Context, suite_types: Sequence[SuiteType | None] = ()
) -> list[selectors.PriceNow]:
    """Return what suite types cost at the page's instant; without any, all on the cards."""
    request = context["request"]
    offer = offer_of(request)
    if offer is None:
        return []
    chosen = suite_types or [page.suite_type for page in selectors.published_pages(offer)]
    return selectors.prices_now(offer, chosen, at=shown_at(request, offer))


@register.simple_tag(takes_context=True)
def suite_prices_now(context: template.Context, suite_type: SuiteType) -> list[selectors.PriceNow]:
    """Return what one suite type costs at the page's instant; empty when it has no prices."""
    return prices_now(context, [suite_type])


@register.simple_tag(takes_context=True)
def suite_name(context: template.Context, suite_type: SuiteType) -> str:
    """Return what a suite type is called in the guest's language."""
    offer = offer_of(context["request"])
    return selectors.name_of(offer, suite_type) if offer else suite_type.name


@register.simple_tag(takes_context=True)
def compared_suites(
    context: template.Context, suite_types: Sequence[SuiteType | None]
) -> selectors.Comparison | None:
    """Return suite types side by side."""
    request = context["request"]
    offer = offer_of(request)
    if offer is None:
        return None
    return selectors.compare_suites(offer, suite_types, at=shown_at(request, offer))


@register.simple_tag(takes_context=True)
def suite_facts(context: template.Context, suite_type: SuiteType) -> selectors.SuiteFacts | None:
    """Return what a suite type has."""
    offer = offer_of(context["request"])
    return selectors.suite_facts(offer, suite_type) if offer else None


@register.simple_tag
def suite_photos(page: SuitePage) -> list[SuitePhoto]:
    """Return a suite page's gallery."""
    return selectors.photos_of(page)


@register.simple_tag(takes_context=True)
def suite_data(context: template.Context, page: Page) -> SafeString | str:
    """Write what a page shows of suites and prices as JSON-LD, for search engines."""
    request = context["request"]
    offer, venue = offer_of(request), venue_of(request)
    if offer is None or venue is None:
        return ""
    return script({"@graph": structured.graph(venue, offer, page, request=request)})


@register.filter
def calendar_day(day: date, style: str = "DATE_FORMAT") -> str:
    """Write a date in the active language, with its year unless the style is of a month's day."""
    text = date_format(day, style)
    # Django's Portuguese catalog writes months with a capital, as people do not
    return text.lower() if (get_language() or "").startswith("pt") else text


@register.filter
def weekday(number: int) -> str:
    """Return the name of a day of the week."""
    return str(Weekday(number).label)


@register.filter
def soon(at: datetime, now: datetime) -> str:
    """Write a coming instant: its hour, with its day unless it is today.

    Within a week that is the day of the week; later there would be two of the same name.
    """
    clock = date_format(at, "H:i")
    days = (at.date() - now.date()).days
    if not days:
        return clock
    day = weekday(at.weekday()) if days < WEEK else calendar_day(at.date(), "MONTH_DAY_FORMAT")
    return f"{day}, {clock}"
