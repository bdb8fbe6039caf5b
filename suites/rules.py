"""Decisions about prices, on plain values."""

from collections.abc import Iterable

from suites.enums import ORDINARY_DAYS, DayClass


def starting_price(prices: Iterable[tuple[str, int]]) -> int | None:
    """Return the lowest price, in centavos, of an ordinary day.

    `prices` are pairs of day class and centavos. Special days never count; the other days do
    when no ordinary one has a price. None when there is nothing to advertise.
    """
    regular = [pair for pair in prices if pair[0] != DayClass.SPECIAL]
    ordinary = [centavos for day_class, centavos in regular if day_class in ORDINARY_DAYS]
    return min(ordinary or [centavos for _, centavos in regular], default=None)
