"""What stays cost those who have a promotion."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from promotions.enums import Effect
from promotions.rules.effects import Bill, discount
from promotions.rules.eligibility import Case, Rule, holds
from suites.models import Stay
from suites.pages import SuitePage
from suites.rules.quotes import Quote, quotes
from suites.selectors import Offer, published_pages

CHEAPER = frozenset({Effect.PERCENT, Effect.AMOUNT, Effect.SET_PRICE})
"""Effects that a price shows: hours and courtesies come on top of the stay."""


@dataclass(frozen=True)
class PromotedStay:
    """A stay for two, its price and what is left of that with a promotion, in centavos."""

    stay: Stay
    list_centavos: int
    centavos: int


@dataclass(frozen=True)
class PromotedSuite:
    """The stays of a suite that a promotion makes cheaper, in the order of the house."""

    page: SuitePage
    stays: list[PromotedStay]


def promoted_prices(rule: Rule, offer: Offer, *, arrival: datetime) -> list[PromotedSuite]:
    """Return what a promotion makes cheaper for a couple that arrives at an instant.

    Guests are taken to ask as early as the promotion demands. Suites without a published page, and
    those that cannot be used, are not among them.
    """
    pages = [page for page in published_pages(offer) if page.suite_type_id not in offer.out]
    found = (PromotedSuite(page, list(_stays(rule, offer, page, arrival))) for page in pages)
    return [each for each in found if each.stays]


def _stays(rule: Rule, offer: Offer, page: SuitePage, arrival: datetime) -> Iterator[PromotedStay]:
    for quote in quotes(offer.tariff(page.suite_type), at=arrival):
        taken = discount(rule.benefit, Bill.of(quote.lines)).centavos
        at = quote.arrives_at - timedelta(minutes=rule.lead_minutes or 0)
        if taken and holds(rule, case_of(offer, page.suite_type_id, quote, at=at)):
            stay = offer.stays[quote.stay.key]
            yield PromotedStay(stay, quote.centavos, quote.centavos - taken)


def case_of(offer: Offer, suite_type: Hashable, quote: Quote, *, at: datetime) -> Case:
    """Return a stay that is sold as promotions look at it, for those who ask at an instant."""
    return Case(
        at=at,
        calendar=offer.calendar,
        property_id=offer.house.pk,
        arrival=quote.arrives_at,
        suite_type=suite_type,
        stay=quote.stay.key,
        minutes=quote.minutes,
        centavos=quote.centavos,
    )
