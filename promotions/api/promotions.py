"""The calls about promotions: which there are, and what they would do for a stay."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router

from promotions.api.requests import SimulateIn
from promotions.api.saying import effect_out, id_of, span_out
from promotions.api.schemas import PromotionOut, PromotionsOut, SimulationOut
from promotions.api.simulations import simulation_out
from promotions.rules.windows import Windows, is_open, next_open, turns
from promotions.selectors import Promotion, in_force, published_promotions
from suites.api.calls import offer_of
from suites.api.saying import house_out
from suites.selectors import Offer, published_pages
from tenancy.api.answers import BODY, answers, kept_for_seconds, said
from tenancy.api.callers import ApiKey, StaffSession
from tenancy.api.content import of_version
from tenancy.api.houses import PropertySlug, house_of
from tenancy.api.instants import Instant, near
from theme.clock import instant_of
from theme.routing import roots_of

router = Router(tags=["Promotions"])


@router.get("/promotions", response=answers({200: PromotionsOut}, 422), summary="List promotions")
def promotions(
    request: HttpRequest,
    at: Annotated[Instant | None, Query()] = None,
    property: Annotated[PropertySlug | None, Query()] = None,
) -> HttpResponse:
    """Return the promotions that have a page and whose dates hold an instant.

    `at` is now unless it is given, and no farther away than 400 days.
    """
    house = house_of(request, property, field="query.property")
    offer, now = offer_of(house), instant_of(request)
    instant = near(at, now=now, field="query.at")
    told = of_version(
        ("promotions", house.pk, offer.language),
        lambda: published_promotions(venue=house, language=offer.language),
    )

    def work_out() -> PromotionsOut:
        # where pages look before they ask Wagtail's cache
        request._wagtail_cached_site_root_paths = roots_of(house.site)  # type: ignore[attr-defined]
        found = in_force(told, at=instant)
        return PromotionsOut(
            property=house_out(house),
            at=offer.calendar.local(instant),
            promotions=[promotion_out(each, offer, instant, request) for each in found],
        )

    if at is not None:
        return said(request, work_out().model_dump_json().encode())
    until = next_turn(told, offer, now)
    return kept_for_seconds(request, ("promotions", house.pk), work_out, at=now, until=until)


@router.post(
    "/promotions/simulate",
    response=answers({200: SimulationOut}, *BODY),
    auth=[ApiKey(), StaffSession("promotions.change_promotionrule")],
    summary="Look at all promotions for a stay",
)
def simulate(request: HttpRequest, said: Annotated[SimulateIn, Body()]) -> SimulationOut:
    """Say of each promotion whether it would hold at any instant, drafts included, and why not.

    Limits and budgets are left aside. What guests would pay is with the promotions that need no
    code and are best for them.
    """
    house = house_of(request, said.property, field="body.property")
    return simulation_out(said, offer_of(house), at=said.at or instant_of(request))


def promotion_out(
    promotion: Promotion, offer: Offer, at: datetime, request: HttpRequest
) -> PromotionOut:
    page, rule, calendar = promotion.page, promotion.rule, offer.calendar
    windows = rule.windows if rule else Windows()
    opens = None if windows.is_around_the_clock else next_open(windows, calendar, at)
    types = {page.suite_type.pk: page.suite_type.slug for page in published_pages(offer)}
    stays = {key: stay.slug for key, stay in offer.stays.items()}
    return PromotionOut(
        slug=page.slug,
        title=page.title,
        summary=page.intro,
        url=page.get_full_url(request),
        promotion_id=id_of(rule) if rule else None,
        automatic=bool(rule and rule.is_automatic),
        effect=effect_out(rule.benefit) if rule else None,
        dates=span_out(promotion.dates, calendar),
        is_open=is_open(windows, calendar, at),
        opens=span_out(opens, calendar) if opens else None,
        suites=[types[key] for key in types if key in rule.suite_types]
        if rule and rule.suite_types
        else None,
        stays=[stays[key] for key in stays if key in rule.stays] if rule and rule.stays else None,
    )


def next_turn(told: Iterable[Promotion], offer: Offer, at: datetime) -> datetime | None:
    """Return when one of the promotions next begins, ends, opens or closes."""
    rules = (promotion.rule for promotion in told if promotion.rule)
    coming = (next(turns(rule.windows, offer.calendar, after=at), None) for rule in rules)
    dates = (bound for each in told for bound in (each.dates.starts_at, each.dates.ends_at))
    return min((each for each in (*coming, *dates) if each and each > at), default=None)
