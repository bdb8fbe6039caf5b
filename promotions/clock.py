"""The promotions that a page shows at its instant, and when it has to be drawn again."""

from collections.abc import Hashable, Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language

from promotions.models import Coupon
from promotions.offers import can_be_had, coupon_offer, dates_of
from promotions.pages import PromotionPage
from promotions.rules.eligibility import Rule
from promotions.rules.spans import Phase, next_turn, phase_at
from promotions.rules.windows import turns
from promotions.selectors import Promotion, in_force, promotion_of, published_promotions
from promotions.selectors.coupons import grants
from promotions.shown import CouponOffer
from suites.offering import offer_of
from suites.rules.calendars import Calendar
from tenancy.store.keeping import changes_at, known
from theme.clock import instant_of, shows_drafts
from theme.pictures import read_renditions
from theme.selectors import venue_of


def shown_promotions(request: HttpRequest) -> list[Promotion]:
    """Return the promotions in force at the venue, at the instant that the page shows."""
    venue = venue_of(request)
    if venue is None:
        return []
    house, language = venue.property, get_language()
    found = known(
        request,
        ("promotions", house.pk, language),
        lambda: published_promotions(venue=house, language=language),
    )
    shown = in_force(found, at=shown_at(request, found))
    read_renditions(each.page.cover for each in shown)
    return shown


def promotion_told(request: HttpRequest, page: PromotionPage) -> Promotion:
    """Return a page with the rule that it tells of, read once for all that is drawn of it.

    Whoever previews the page sees the rule as its latest draft says.
    """
    told: dict[Hashable, Rule | None] = request.__dict__.setdefault("promotions_told", {})
    language, is_draft = get_language(), shows_drafts(request)
    name = ("promotion rule", page.rule_id, language)

    def read() -> Rule | None:
        return promotion_of(page, language=language, is_draft=is_draft).rule

    if name not in told:
        told[name] = known(request, name, read)
    return Promotion(page, told[name])


def shown_coupon(request: HttpRequest, coupon: Coupon | None) -> CouponOffer | None:
    """Return a coupon in words, if its code can be uncovered at the instant that the page shows."""
    offer = offer_of(request)
    if offer is None or coupon is None or not coupon.live:
        return None
    key, language = coupon.pk, offer.language
    name = ("coupon offer", key, language)
    grant = known(request, name, lambda: grants([key], language=language).get(key))
    if grant is None or not can_be_had(grant, offer.house.pk):
        return None
    dates, at = dates_of(grant), instant_of(request)
    changes_at(request, next_turn([dates], after=at))
    if phase_at([dates], at) is not Phase.LIVE:
        return None
    return coupon_offer(coupon.slug, grant, offer)


def shown_at(request: HttpRequest, promotions: Iterable[Promotion]) -> datetime:
    """Return the request's instant; the store learns when a promotion next begins or ends."""
    at = instant_of(request)
    changes_at(request, next_turn((each.dates for each in promotions), after=at))
    return at


def told_at(request: HttpRequest, promotion: Promotion, calendar: Calendar) -> datetime:
    """Return the request's instant; the store learns when the promotion next opens or closes."""
    at = shown_at(request, [promotion])
    if promotion.rule:
        changes_at(request, next(turns(promotion.rule.windows, calendar, after=at), None))
    return at
