"""What a suite type costs: its prices, and which of them count on a day."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import TypeAlias

from suites.enums import DayClass
from suites.rules.calendars import Calendar, Day
from suites.rules.stays import ClockRange, Stay

FALLBACKS: dict[DayClass, tuple[DayClass, ...]] = {
    DayClass.ANY: (DayClass.ANY,),
    DayClass.WEEKDAY: (DayClass.WEEKDAY, DayClass.ANY),
    DayClass.WEEKEND: (DayClass.WEEKEND, DayClass.ANY),
    DayClass.HOLIDAY_EVE: (DayClass.HOLIDAY_EVE, DayClass.WEEKEND, DayClass.ANY),
    DayClass.HOLIDAY: (DayClass.HOLIDAY, DayClass.WEEKEND, DayClass.ANY),
}
"""Whose prices count on a class of days, the first that the stay has."""

Slot: TypeAlias = tuple[Hashable, DayClass, Hashable]
"""A stay, a class of days, and the special day if it is of one."""


@dataclass(frozen=True)
class Price:
    """What a stay costs for guests who arrive on some days, at some times of them.

    It is sold from `valid_from` on, and no longer from `ends_on` on.
    """

    key: Hashable
    stay: Hashable
    centavos: int
    day_class: DayClass = DayClass.ANY
    special_day: Hashable = None
    arrives: ClockRange | None = None
    valid_from: date | None = None
    ends_on: date | None = None
    inclusions: tuple[str, ...] = ()

    @property
    def slot(self) -> Slot:
        """What it is for: a later price of the same slot and arrivals takes its place."""
        return self.stay, self.day_class, self.special_day

    @property
    def begins(self) -> date:
        """The first date on which it is sold."""
        return self.valid_from or date.min

    def is_sold(self, on: date) -> bool:
        """Return whether it has begun on a date, and has not ended."""
        return self.begins <= on and (self.ends_on is None or on < self.ends_on)

    def holds(self, clock: time) -> bool:
        """Return whether it is for guests who arrive at a time of day."""
        return self.arrives is None or self.arrives.holds(clock)


@dataclass(frozen=True)
class Tariff:
    """One suite type's stays in the order of the house, its prices, extras and calendar.

    `people` are in the price; `capacity` is how many the suite takes.
    """

    key: Hashable
    calendar: Calendar
    stays: tuple[Stay, ...] = ()
    prices: tuple[Price, ...] = ()
    extra_hour_centavos: int | None = None
    extra_person_centavos: int | None = None
    people: int = 2
    capacity: int = 2

    def standing(self, slot: Slot, on: date) -> tuple[Price, ...]:
        """Return a slot's prices that count on a date; the first that holds on arrival does."""
        return standing(self._by_slot.get(slot, ()), on)

    def candidates(self, stay: Stay, day: Day) -> list[Price]:
        """Return the prices of a stay on a day; the first that holds on arrival counts."""
        slots: list[Slot] = [
            (stay.key, DayClass.SPECIAL, own.key) for own in self.calendar.specials(day.date)
        ]
        slots += [(stay.key, day_class, None) for day_class in FALLBACKS[day.day_class]]
        return until_certain([price for slot in slots for price in self.standing(slot, day.date)])

    @cached_property
    def _by_slot(self) -> dict[Slot, list[Price]]:
        found: dict[Slot, list[Price]] = {}
        for price in self.prices:
            found.setdefault(price.slot, []).append(price)
        return found


def standing(prices: Iterable[Price], on: date) -> tuple[Price, ...]:
    """Return those of one slot's prices that some arrival on a date pays.

    Those for an arrival window come before the one without, newer ones before older; the first
    that holds counts. What others hold in full, at each of its times, is left out.
    """
    found: list[Price] = []
    for price in sorted((each for each in prices if each.is_sold(on)), key=_rank):
        if _counts(price, found):
            found.append(price)
    return tuple(found)


def until_certain(prices: list[Price]) -> list[Price]:
    """Return the prices up to the first that holds at all times: those behind it never count."""
    for position, price in enumerate(prices):
        if price.arrives is None:
            return prices[: position + 1]
    return prices


def _counts(price: Price, before: list[Price]) -> bool:
    """Return whether some time of arrival is left to a price by those that come before it."""
    windows = [each.arrives for each in before if each.arrives is not None]
    if len(windows) < len(before):
        return False  # one before it is for all times
    # What is left begins where the price does, or where a window ends.
    clocks = [window.end for window in windows if price.holds(window.end)]
    clocks.append(price.arrives.start if price.arrives else time())
    return any(not any(window.holds(clock) for window in windows) for clock in clocks)


def _rank(price: Price) -> tuple[bool, int, time]:
    start = price.arrives.start if price.arrives else time()
    return price.arrives is None, -price.begins.toordinal(), start
