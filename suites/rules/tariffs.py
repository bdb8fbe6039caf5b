"""What a suite type costs: its prices, and which of them count on a day."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from itertools import groupby
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
    """What a stay costs for guests who arrive on some days, at some times of them."""

    key: Hashable
    stay: Hashable
    centavos: int
    day_class: DayClass = DayClass.ANY
    special_day: Hashable = None
    arrives: ClockRange | None = None
    valid_from: date | None = None
    inclusions: tuple[str, ...] = ()

    @property
    def slot(self) -> Slot:
        """What a later price of the same stay and days takes the place of."""
        return self.stay, self.day_class, self.special_day

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
        """Return a slot's prices on a date: those of its newest beginning that is not later."""
        for valid_from, prices in self._by_slot.get(slot, ()):
            if valid_from <= on:
                return prices
        return ()

    def candidates(self, stay: Stay, day: Day) -> list[Price]:
        """Return the prices of a stay on a day; the first that holds on arrival counts."""
        slots: list[Slot] = [
            (stay.key, DayClass.SPECIAL, own.key) for own in self.calendar.specials(day.date)
        ]
        slots += [(stay.key, day_class, None) for day_class in FALLBACKS[day.day_class]]
        return until_certain([price for slot in slots for price in self.standing(slot, day.date)])

    @cached_property
    def _by_slot(self) -> dict[Slot, list[tuple[date, tuple[Price, ...]]]]:
        found: dict[Slot, list[tuple[date, tuple[Price, ...]]]] = {}
        ordered = sorted(self.prices, key=_begins, reverse=True)
        for begins, prices in groupby(ordered, key=_begins):
            by_slot: dict[Slot, list[Price]] = {}
            for price in prices:
                by_slot.setdefault(price.slot, []).append(price)
            for slot, group in by_slot.items():
                found.setdefault(slot, []).append((begins, tuple(sorted(group, key=_arrival))))
        return found


def until_certain(prices: list[Price]) -> list[Price]:
    """Return the prices up to the first that holds at all times: those behind it never count."""
    for position, price in enumerate(prices):
        if price.arrives is None:
            return prices[: position + 1]
    return prices


def _begins(price: Price) -> date:
    return price.valid_from or date.min


def _arrival(price: Price) -> tuple[bool, time]:
    return price.arrives is None, price.arrives.start if price.arrives else time()
