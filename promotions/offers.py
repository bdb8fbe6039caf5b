"""What is said of a coupon to guests: on pages, when its code is uncovered, and kept of that."""

from collections.abc import Hashable, Iterator
from datetime import datetime, time, timedelta

from django.utils.formats import time_format
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from promotions.rules.eligibility import Rule
from promotions.rules.spans import Window
from promotions.selectors.coupons import Grant
from promotions.sentences import benefit_text, hours_text
from promotions.shown import CouponOffer
from suites.rules.calendars import Calendar
from suites.selectors import Offer, published_pages
from suites.templatetags.suites import calendar_day
from theme.templatetags.theme import money

HOUR = 60
DAY = 24 * HOUR


def coupon_offer(slug: str, grant: Grant, offer: Offer) -> CouponOffer:
    """Return what guests of a property are told of a coupon, in the offer's language."""
    return CouponOffer(
        slug=slug,
        gives=capfirst(benefit_text(grant.rule.benefit)),
        terms=tuple(capfirst(text) for text in _terms(grant, offer)),
        asks_for=grant.terms.identifier,
    )


def can_be_had(grant: Grant, property_id: Hashable) -> bool:
    """Return whether a coupon and its promotion are published, and hold at a property."""
    places = (grant.terms.properties, grant.rule.properties)
    is_here = all(not each or property_id in each for each in places)
    return grant.terms.is_published and grant.rule.is_published and is_here


def dates_of(grant: Grant) -> Window:
    """Return from when to when both the coupon and its promotion hold."""
    both = (grant.terms.dates, grant.rule.windows.dates)
    return Window(
        max((each.starts_at for each in both if each.starts_at), default=None),
        min((each.ends_at for each in both if each.ends_at), default=None),
    )


def minutes_text(minutes: int) -> str:
    """Return a length of time in its largest whole unit: "7 dias", "90 minutos"."""
    if minutes % DAY == 0:
        return ngettext("%d dia", "%d dias", minutes // DAY) % (minutes // DAY)
    if minutes % HOUR == 0:
        return ngettext("%d hora", "%d horas", minutes // HOUR) % (minutes // HOUR)
    return ngettext("%d minuto", "%d minutos", minutes) % minutes


def _terms(grant: Grant, offer: Offer) -> Iterator[str]:
    rule, terms = grant.rule, grant.terms
    if rule.windows.openings:
        yield hours_text(rule.windows.openings)
    yield from _dates(dates_of(grant), offer.calendar)
    yield from _places(rule, offer)
    yield from _demands(rule)
    if terms.limits.per_person:
        times = terms.limits.per_person
        yield ngettext("%d vez por pessoa", "%d vezes por pessoa", times) % times
    if terms.minutes_after_reveal:
        yield _("o código vale %s depois de revelado") % minutes_text(terms.minutes_after_reveal)


def _dates(dates: Window, calendar: Calendar) -> Iterator[str]:
    if dates.starts_at:
        yield _("a partir de %s") % _moment(calendar.local(dates.starts_at))
    if dates.ends_at:
        local = calendar.local(dates.ends_at)
        last = local - timedelta(days=1) if local.time() == time.min else local
        yield _("até %s") % _moment(last, is_day=local.time() == time.min)


def _moment(local: datetime, *, is_day: bool = False) -> str:
    day = calendar_day(local.date())
    if is_day or local.time() == time.min:
        return day
    return f"{day}, {time_format(local.time(), 'H:i')}"


def _places(rule: Rule, offer: Offer) -> Iterator[str]:
    suites = [p.title for p in published_pages(offer) if p.suite_type_id in rule.suite_types]
    if suites:
        yield _("em %s") % _listed(suites)
    stays = [str(stay) for key, stay in offer.stays.items() if key in rule.stays]
    if stays:
        yield _("para %s") % _listed(stays)


def _demands(rule: Rule) -> Iterator[str]:
    if rule.min_minutes:
        yield _("permanência de ao menos %s") % minutes_text(rule.min_minutes)
    if rule.min_centavos:
        yield _("a partir de %s") % money(rule.min_centavos)
    if rule.lead_minutes:
        yield _("com ao menos %s de antecedência") % minutes_text(rule.lead_minutes)
    if rule.lead_minutes_max:
        yield _("com no máximo %s de antecedência") % minutes_text(rule.lead_minutes_max)


def _listed(names: list[str]) -> str:
    return get_text_list(names, pgettext("days", "e"))
