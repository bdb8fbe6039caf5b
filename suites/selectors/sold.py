"""What is sold at an instant: stays with their prices, and what guests get on them."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from suites.bonuses import Bonus, giver
from suites.models import SuiteType
from suites.rules.changes import next_change
from suites.rules.quotes import Quote, quotes
from suites.selectors.offers import Offer


@dataclass(frozen=True)
class Sold:
    """A stay that is sold, its price by the house's table, and what goes with it."""

    quote: Quote
    bonus: Bonus

    @property
    def centavos(self) -> int:
        """What guests pay."""
        return self.quote.centavos - self.bonus.centavos


def sold(offer: Offer, suite_type: SuiteType, *, at: datetime) -> list[Sold]:
    """Return what a couple, or as many as fit, can buy when they arrive at an instant.

    Nothing while all suites are shut.
    """
    return offer.as_of(at, ("sold", suite_type.pk), partial(_sold, offer, suite_type, at))


def with_bonus(offer: Offer, suite_type: SuiteType, quote: Quote, *, at: datetime) -> Sold:
    """Return a stay with what those get who ask for it at an instant, and arrive later perhaps."""
    return Sold(quote, giver().bonus(offer, suite_type.pk, quote, at=at))


def sold_until(offer: Offer, suite_type: SuiteType, *, after: datetime) -> datetime | None:
    """Return when something else is sold, or at another price; None if by no clock."""
    return next_change(
        [offer.tariff(suite_type)],
        after=after,
        also=giver().turns(offer, after=after),
        given=lambda _tariff, quote: _at_once(offer, suite_type, quote).bonus,
    )


def _sold(offer: Offer, suite_type: SuiteType, at: datetime) -> list[Sold]:
    if suite_type.pk in offer.out:
        return []
    found = quotes(offer.tariff(suite_type), at=at)
    return [_at_once(offer, suite_type, each) for each in found]


def _at_once(offer: Offer, suite_type: SuiteType, quote: Quote) -> Sold:
    return with_bonus(offer, suite_type, quote, at=quote.arrives_at)
