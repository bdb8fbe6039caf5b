"""When what a page shows of prices becomes another by the clock."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial

from suites.rules.quotes import quotes
from suites.rules.tables import price_table, today
from suites.rules.tariffs import Tariff
from suites.rules.turns import turns

Tabled = Callable[[date], Hashable]
"""What a tariff's table tells on a date, worked out once for each."""


def next_change(tariffs: Sequence[Tariff], *, after: datetime) -> datetime | None:
    """Return the first instant after another at which some price, or a table, is a new one.

    The tariffs are of one property. None when nothing changes within `turns.HORIZON`.
    """
    tables = {each.key: cache(partial(_tabled, each)) for each in tariffs}
    before = _shown(tariffs, tables, after)
    changes = (at for at in turns(tariffs, after=after) if _shown(tariffs, tables, at) != before)
    return next(changes, None)


def _shown(
    tariffs: Sequence[Tariff], tables: Mapping[Hashable, Tabled], at: datetime
) -> list[Hashable]:
    """Return all that a page may tell at an instant, but for when a period would end."""
    shown: list[Hashable] = []
    for tariff in tariffs:
        for each in quotes(tariff, at=at):
            shown.append((tariff.key, each.price.key, each.day.reason))
        shown.append(tables[tariff.key](today(tariff, at)))
    return shown


def _tabled(tariff: Tariff, on: date) -> Hashable:
    table = price_table(tariff, on=on)
    return table.day_classes, table.rows, table.specials, table.valid_until
