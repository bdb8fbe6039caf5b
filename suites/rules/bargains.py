"""The cheapest way to stay for some time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from suites.rules.quotes import HOUR, Quote, quote
from suites.rules.tariffs import Tariff


def cheapest(tariff: Tariff, *, minutes: int, at: datetime, people: int = 2) -> Quote | None:
    """Return the lowest quote that covers the time from an arrival on, with extra hours if need be.

    A window counts from the arrival to its end, and tolerance is not counted on. Of two equal
    prices the longer stay wins. None when nothing is sold then, or nothing reaches that far.
    """
    return min(
        _options(tariff, minutes, at, people),
        key=lambda option: (option.centavos, -option.ends_at.timestamp()),
        default=None,
    )


def _options(tariff: Tariff, minutes: int, at: datetime, people: int) -> Iterator[Quote]:
    wanted = at.astimezone(UTC) + timedelta(minutes=minutes)
    for stay in tariff.stays:
        plain = quote(tariff, stay=stay, at=at, people=people)
        if not isinstance(plain, Quote):
            continue
        hours = max(0, -((plain.ends_at - wanted) // HOUR))
        longer = quote(tariff, stay=stay, at=at, people=people, extra_hours=hours)
        if isinstance(longer, Quote):
            yield longer
