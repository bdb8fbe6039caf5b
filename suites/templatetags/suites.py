"""Tags that ask the selectors on a template's behalf, and write prices and days."""

from collections.abc import Sequence

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from suites import selectors
from suites.models import SpecialDay, SuiteType
from suites.pages import SuitePage, SuitePhoto
from theme.selectors import venue_of
from theme.templatetags.theme import money

register = template.Library()
register.filter("money", money)


@register.simple_tag(takes_context=True)
def suite_cards(
    context: template.Context, only: Sequence[SuiteType] = ()
) -> list[selectors.SuiteCard]:
    """Return the cards of the motel's suite types, or of those chosen."""
    motel = venue_of(context["request"])
    if motel is None:
        return []
    return selectors.suite_cards(motel=motel.property, language=get_language(), only=only)


@register.simple_tag
def price_table(suite_type: SuiteType) -> selectors.PriceTable:
    """Return the prices of a suite type."""
    return selectors.price_table(suite_type, language=get_language())


@register.simple_tag
def suite_facts(suite_type: SuiteType) -> selectors.SuiteFacts:
    """Return what a suite type has."""
    return selectors.suite_facts(suite_type, language=get_language())


@register.simple_tag
def suite_photos(page: SuitePage) -> list[SuitePhoto]:
    """Return a suite page's gallery."""
    return selectors.photos_of(page)


@register.filter
def calendar_day(day: SpecialDay) -> str:
    """Write a special day in the active language; its year only where it has one."""
    text = date_format(day.as_date(), "DATE_FORMAT" if day.year else "MONTH_DAY_FORMAT")
    # Django's Portuguese catalog writes months with a capital, as people do not
    return text.lower() if get_language().startswith("pt") else text
