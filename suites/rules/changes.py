"""When what can be bought becomes another by the clock."""

from collections.abc import Hashable, Sequence
from datetime import datetime

from suites.rules.quotes import quotes
from suites.rules.tariffs import Tariff
from suites.rules.turns import turns


def next_change(tariffs: Sequence[Tariff], *, after: datetime) -> datetime | None:
    """Return the first instant after another at which some stay has a new price, or is not sold.

    The tariffs are of one property. None when nothing changes within `turns.HORIZON`.
    """
    before = _sold(tariffs, after)
    return next((at for at in turns(tariffs, after=after) if _sold(tariffs, at) != before), None)


def _sold(tariffs: Sequence[Tariff], at: datetime) -> list[Hashable]:
    """Return what is sold at an instant, and why for this price."""
    return [
        (tariff.key, each.price.key, each.day.reason)
        for tariff in tariffs
        for each in quotes(tariff, at=at)
    ]
