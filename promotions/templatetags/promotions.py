"""Tags that ask the selectors on a template's behalf, and write when promotions begin and end."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms, template
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from promotions import selectors, structured
from promotions.clock import promotion_told, shown_at, shown_promotions, told_at
from promotions.pages import PromotionPage
from promotions.policies import POLICIES
from promotions.rules.eligibility import Rule
from promotions.sentences import benefit_text, hours_text
from promotions.shown import CouponOffer
from suites.clock import shown_at as prices_shown_at
from suites.offering import offer_of
from suites.templatetags.suites import calendar_day
from theme.selectors import Venue, venue_of
from theme.structured import script

register = template.Library()


@register.simple_tag(takes_context=True)
def live_promotions(context: template.Context) -> list[selectors.Promotion]:
    """Return the promotions in force at the instant that the page shows."""
    return shown_promotions(context["request"])


@register.simple_tag(takes_context=True)
def promotion_facts(
    context: template.Context, page: PromotionPage
) -> selectors.PromotionFacts | None:
    """Return what a promotion gives and covers, and whether it is in force."""
    request = context["request"]
    offer = offer_of(request)
    if offer is None:
        return None
    promotion = promotion_told(request, page)
    at = told_at(request, promotion, offer.calendar)
    facts = selectors.promotion_facts(promotion, offer=offer, at=at)
    if facts.suites or facts.arrival:
        prices_shown_at(request, offer)
    return facts


@register.simple_tag(takes_context=True)
def promotion_data(context: template.Context, page: PromotionPage) -> SafeString | str:
    """Write the promotion as JSON-LD, for search engines; nothing once it is over."""
    request = context["request"]
    venue, promotion = venue_of(request), promotion_told(request, page)
    if venue is None or not promotion.is_published:
        return ""
    at = shown_at(request, [promotion])
    node = structured.offer(promotion, venue, at=at, request=request)
    return script(node) if node else ""


@register.simple_tag
def holder_field(coupon: CouponOffer) -> forms.BoundField | None:
    """Return the field that asks who wants a coupon's code, as its policy does; None for nobody."""
    policy = POLICIES.get(coupon.asks_for)
    if policy is None:
        return None
    field = policy.field()
    field.widget.attrs["aria-describedby"] = f"why-{coupon.slug}"
    form = forms.Form(auto_id=f"%s-{coupon.slug}", use_required_attribute=False, label_suffix="")
    form.fields[coupon.asks_for] = field
    return form[coupon.asks_for]


@register.filter
def gives(rule: Rule) -> str:
    """Write what a promotion gives."""
    return benefit_text(rule.benefit)


@register.filter
def hours(rule: Rule) -> str:
    """Write in which hours of which days a promotion holds."""
    return hours_text(rule.windows.openings)


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
