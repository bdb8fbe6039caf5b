"""What a stay costs for guests who arrive at an instant, or why it is not sold to them then."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from suites.enums import DayClass
from suites.rules.calendars import Day
from suites.rules.stays import Sitting, Stay
from suites.rules.tariffs import Price, Tariff
from suites.rules.turns import turns

HOUR = timedelta(hours=1)
COUPLE = 2


class Item(StrEnum):
    """What a line of a quote is for."""

    STAY = "stay"
    EXTRA_HOUR = "extra_hour"
    EXTRA_PERSON = "extra_person"


@dataclass(frozen=True)
class Line:
    """A part of the price: `count` times `unit` centavos."""

    item: Item
    unit: int
    count: int = 1

    @property
    def centavos(self) -> int:
        return self.unit * self.count


@dataclass(frozen=True)
class Quote:
    """The price of a stay, and when it ends. Nothing more is due until `leaves_by`."""

    stay: Stay
    price: Price
    day: Day
    arrives_at: datetime
    ends_at: datetime
    lines: tuple[Line, ...]

    @property
    def centavos(self) -> int:
        """The whole price."""
        return sum(line.centavos for line in self.lines)

    @property
    def minutes(self) -> int:
        """How long guests stay: a night's length depends on when they arrive."""
        return int((self.ends_at - self.arrives_at).total_seconds() // 60)

    @property
    def leaves_by(self) -> datetime:
        """The end with the tolerance."""
        return self.ends_at + timedelta(minutes=self.stay.tolerance_minutes)


class Reason(StrEnum):
    """Why a stay is not sold."""

    SHUT = "shut"
    CLOSED_DAY = "closed_day"
    NO_PRICE = "no_price"
    TOO_MANY_PEOPLE = "too_many_people"
    NO_EXTRA_HOUR = "no_extra_hour"


TEMPORARY = frozenset({Reason.SHUT, Reason.CLOSED_DAY, Reason.NO_PRICE})
"""Reasons that pass with time."""


@dataclass(frozen=True)
class Refusal:
    """A stay that is not sold. Where time helps: when it is again, and until when it then is."""

    stay: Stay
    reason: Reason
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def quote(
    tariff: Tariff, *, stay: Stay, at: datetime, people: int = COUPLE, extra_hours: int = 0
) -> Quote | Refusal:
    """Return what a stay costs guests who arrive at an aware instant."""
    answer = _answer(tariff, stay, at, people, extra_hours)
    if isinstance(answer, Quote) or answer.reason not in TEMPORARY:
        return answer
    opens_at = closes_at = None
    for turn in turns([replace(tariff, stays=(stay,))], after=at):
        is_sold = isinstance(_answer(tariff, stay, turn, people, extra_hours), Quote)
        if opens_at is None and is_sold:
            opens_at = turn
        elif opens_at is not None and not is_sold:
            closes_at = turn
            break
    return replace(answer, opens_at=opens_at, closes_at=closes_at)


def quotes(tariff: Tariff, *, at: datetime) -> list[Quote]:
    """Return what a couple, or as many as fit, can buy at an instant, in the order of the stays."""
    people = min(COUPLE, tariff.capacity)
    answers = (_answer(tariff, stay, at, people, 0) for stay in tariff.stays)
    return [answer for answer in answers if isinstance(answer, Quote)]


def _answer(
    tariff: Tariff, stay: Stay, at: datetime, people: int, extra_hours: int
) -> Quote | Refusal:
    if people > tariff.capacity:
        return Refusal(stay, Reason.TOO_MANY_PEOPLE)
    if extra_hours and tariff.extra_hour_centavos is None:
        return Refusal(stay, Reason.NO_EXTRA_HOUR)
    sitting = stay.sitting(tariff.calendar, at)
    if sitting is None:
        return Refusal(stay, Reason.SHUT)
    if tariff.calendar.closure(sitting.day.date):
        return Refusal(stay, Reason.CLOSED_DAY)
    price = _price(tariff, stay, sitting, at)
    if price is None:
        return Refusal(stay, Reason.NO_PRICE)
    lines = _lines(tariff, price, people, extra_hours)
    day = _day(tariff, sitting.day, price)
    return Quote(stay, price, day, at, sitting.ends_at + extra_hours * HOUR, lines)


def _day(tariff: Tariff, day: Day, price: Price) -> Day:
    """Return the day with what decides: a special day if the price is of one."""
    names = [own.name for own in tariff.calendar.specials(day.date) if own.key == price.special_day]
    return Day(day.date, DayClass.SPECIAL, names[0]) if names else day


def _price(tariff: Tariff, stay: Stay, sitting: Sitting, at: datetime) -> Price | None:
    clock = tariff.calendar.local(at).time()
    found = tariff.candidates(stay, sitting.day)
    return next((price for price in found if price.holds(clock)), None)


def _lines(tariff: Tariff, price: Price, people: int, extra_hours: int) -> tuple[Line, ...]:
    more = max(0, people - tariff.people)
    lines = (
        Line(Item.STAY, price.centavos),
        Line(Item.EXTRA_HOUR, tariff.extra_hour_centavos or 0, extra_hours),
        Line(Item.EXTRA_PERSON, tariff.extra_person_centavos or 0, more),
    )
    return tuple(line for line in lines if line.item == Item.STAY or line.centavos)
