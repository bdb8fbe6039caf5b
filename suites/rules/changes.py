"""When what can be bought becomes another by the clock."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from heapq import merge
from itertools import groupby, takewhile

from suites.rules.quotes import Quote, quotes
from suites.rules.tariffs import Tariff
from suites.rules.turns import horizon, turns


def next_change(
    tariffs: Sequence[Tariff],
    *,
    after: datetime,
    also: Iterable[datetime] = (),
    given: Callable[[Tariff, Quote], Hashable] = lambda tariff, quote: None,
) -> datetime | None:
    """Return the first instant after another at which some stay has a new price, or is not sold.

    The tariffs are of one property. What is `given` with a stay is looked at as well; `also` are
    the instants, in order, at which that may become another. None when nothing changes within
    `turns.HORIZON`.
    """
    until = horizon(after)
    every = merge(turns(tariffs, after=after), takewhile(lambda at: at <= until, also))
    coming = (at for at, _same in groupby(every))  # many promotions open at noon
    before = _sold(tariffs, after, given)
    return next((at for at in coming if _sold(tariffs, at, given) != before), None)


def _sold(
    tariffs: Sequence[Tariff], at: datetime, given: Callable[[Tariff, Quote], Hashable]
) -> list[Hashable]:
    """Return what is sold at an instant, and why for this price."""
    return [
        (tariff.key, each.price.key, each.day.reason, given(tariff, each))
        for tariff in tariffs
        for each in quotes(tariff, at=at)
    ]
