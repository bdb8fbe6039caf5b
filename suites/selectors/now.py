"""What can be bought at an instant, and when that changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from suites.models import Stay, SuiteType
from suites.rules.calendars import Day
from suites.selectors.offers import Offer
from suites.selectors.sold import Sold, sold, sold_until


@dataclass(frozen=True)
class StayNow:
    """A stay that is sold at the instant, and what guests pay for it.

    `list_centavos` is its price by the house's table; `gifts` are what they get without asking.
    """

    stay: Stay
    list_centavos: int
    centavos: int
    gifts: tuple[str, ...]
    ends_at: datetime | None
    inclusions: list[str]
    day: Day


@dataclass(frozen=True)
class PriceNow:
    """What a suite type costs at an instant on the property's clocks, and until when."""

    suite_type: SuiteType
    at: datetime
    stays: list[StayNow]
    changes_at: datetime | None
    is_out: bool = False

    @property
    def day(self) -> Day | None:
        """The day that decides: the holiday or special day, where there is one."""
        return next((each.day for each in self.stays if each.day.reason), None)


def prices_now(
    offer: Offer, suite_types: Sequence[SuiteType | None], *, at: datetime
) -> list[PriceNow]:
    """Return what each of the suite types that have prices costs at an instant.

    Those that sell nothing then are among them, and those whose suites are all shut; not those
    that are gone, which are None.
    """
    return [
        offer.as_of(at, ("now", each.pk), partial(_now, offer, each, at))
        for each in suite_types
        if each and each.pk in offer.prices
    ]


def _now(offer: Offer, suite_type: SuiteType, at: datetime) -> PriceNow:
    local = offer.calendar.local(at)
    if suite_type.pk in offer.out:
        return PriceNow(suite_type, local, [], None, is_out=True)
    turn = sold_until(offer, suite_type, after=at)
    stays = [_stay(offer, each) for each in sold(offer, suite_type, at=at)]
    return PriceNow(suite_type, local, stays, offer.calendar.local(turn) if turn else None)


def _stay(offer: Offer, found: Sold) -> StayNow:
    quote = found.quote
    stay = offer.stays[quote.stay.key]
    is_window = stay.starts_at is not None
    return StayNow(
        stay=stay,
        list_centavos=quote.centavos,
        centavos=found.centavos,
        gifts=found.bonus.words,
        ends_at=offer.calendar.local(quote.ends_at) if is_window else None,
        inclusions=list(quote.price.inclusions),
        day=quote.day,
    )
