"""When what a page shows of prices becomes another by the clock."""

from collections.abc import Hashable, Sequence
from datetime import datetime

from suites.rules.quotes import quotes
from suites.rules.tables import price_table, today
from suites.rules.tariffs import Tariff
from suites.rules.turns import turns


def next_change(tariffs: Sequence[Tariff], *, after: datetime) -> datetime | None:
    """Return the first instant after another at which some price, or a table, is a new one.

    The tariffs are of one property. None when nothing changes within `turns.HORIZON`.
    """
    before = _shown(tariffs, after)
    return next((at for at in turns(tariffs, after=after) if _shown(tariffs, at) != before), None)


def _shown(tariffs: Sequence[Tariff], at: datetime) -> list[Hashable]:
    """Return all that a page may tell at an instant, but for when a period would end."""
    shown: list[Hashable] = []
    for tariff in tariffs:
        for each in quotes(tariff, at=at):
            shown.append((tariff.key, each.price.key, each.day.reason))
        table = price_table(tariff, on=today(tariff, at))
        shown.append((table.day_classes, table.rows, table.specials, table.valid_until))
    return shown
