"""The calls: suites, and their prices as of an instant. Anybody may make them."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from suites.api.saying import house_out, prices_out, suite_out
from suites.api.schemas import PricesOut, SuitesOut
from suites.selectors import Offer, SuiteCard, suite_cards
from tenancy.api.answers import answers, kept_for_seconds, said
from tenancy.api.content import of_version
from tenancy.api.houses import PropertySlug, house_of, language_at
from tenancy.api.instants import Instant, near
from tenancy.api.problems import NOT_FOUND, Problem
from tenancy.models import Property
from theme.clock import instant_of
from theme.routing import roots_of

router = Router(tags=["Suites"])

HERE = "query.property"
MOST_PEOPLE, MOST_HOURS = 50, 24


@router.get("/suites", response=answers({200: SuitesOut}, 422), summary="List suites")
def suites(
    request: HttpRequest, property: Annotated[PropertySlug | None, Query()] = None
) -> HttpResponse:
    """Return the suites that have a page, in the order of the house, with what they cost now."""
    house = house_of(request, property, field=HERE)
    offer, at = offer_of(house), instant_of(request)
    spell = offer.spell(at)

    def work_out() -> SuitesOut:
        cards = suite_cards(offer, at=spell.begins_at)
        # where pages look before they ask Wagtail's cache
        request._wagtail_cached_site_root_paths = roots_of(house.site)  # type: ignore[attr-defined]
        return SuitesOut(
            property=house_out(house),
            at=offer.calendar.local(at),
            suites=[suite_out(card, request) for card in cards],
        )

    name = ("suites", house.pk)
    return kept_for_seconds(request, name, work_out, at=at, until=spell.ends_at)


@router.get(
    "/suites/{slug:slug}/prices",
    response=answers({200: PricesOut}, 404, 422),
    summary="Prices of a suite",
)
def prices(
    request: HttpRequest,
    slug: Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]+$")],
    at: Annotated[Instant | None, Query()] = None,
    people: Annotated[int | None, Query(ge=1, le=MOST_PEOPLE)] = None,
    extra_hours: Annotated[int, Query(ge=0, le=MOST_HOURS)] = 0,
    property: Annotated[PropertySlug | None, Query()] = None,
) -> HttpResponse:
    """Return what each stay costs those who arrive at an instant, and the table of all prices.

    `at` is now unless it is given, and no farther away than 400 days. Without `people` it is what
    a couple pays. `total` counts what promotions give without a code to those who ask now.
    """
    house = house_of(request, property, field=HERE)
    offer, now = offer_of(house), instant_of(request)
    arrival = near(at, now=now, field="query.at")
    card = card_of(offer, slug, at=offer.spell(now).begins_at)

    def work_out() -> PricesOut:
        return prices_out(offer, card, at=arrival, now=now, people=people, extra_hours=extra_hours)

    if at is not None:
        return said(request, work_out().model_dump_json().encode())
    name = ("prices", card.suite_type.pk, people, extra_hours)
    return kept_for_seconds(request, name, work_out, at=now, until=offer.spell(now).ends_at)


def offer_of(house: Property) -> Offer:
    """Return what a property sells: the same that its pages have, where they know it already."""
    language = language_at(house)
    return of_version(("offer", house.pk, language), lambda: Offer(house, language))


def card_of(offer: Offer, slug: str, *, at: datetime) -> SuiteCard:
    """Return the suite type of that slug, if it has a page. Raises a problem."""
    for card in suite_cards(offer, at=at):
        if card.suite_type.slug == slug:
            return card
    raise Problem(NOT_FOUND)
