"""The instants at which an answer about prices may become another."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

from suites.enums import StayKind
from suites.rules.calendars import DAY, Calendar
from suites.rules.stays import Stay
from suites.rules.tariffs import Tariff

NOON = time(12)
HORIZON = timedelta(days=8)
"""A whole week and a day: what does not change in it changes by a date, not by the clock."""


def horizon(after: datetime) -> datetime:
    """Return how far after an instant is looked."""
    return after.astimezone(UTC) + HORIZON


def turns(tariffs: Iterable[Tariff], *, after: datetime) -> Iterator[datetime]:
    """Return, in order, the instants in the horizon at which a day or a window begins or ends."""
    tariffs = list(tariffs)
    if not tariffs:
        return
    calendar = tariffs[0].calendar
    until = horizon(after)
    clocks = {time(), *chain.from_iterable(_clocks(tariff) for tariff in tariffs)}
    today = calendar.local(after).date()
    coming: set[datetime] = set()
    for number in range(HORIZON.days + 1):
        day = today + number * DAY
        coming |= {each for each in _instants(calendar, day, clocks) if after < each <= until}
        # where clocks are moved, a day's may show before its midnight: but not half a day before
        certain = calendar.instant(day - DAY, NOON)
        yield from sorted(each for each in coming if each < certain)
        coming = {each for each in coming if each >= certain}
    yield from sorted(coming)


def _instants(calendar: Calendar, day: date, clocks: set[time]) -> Iterator[datetime]:
    for clock in clocks:
        for fold in (0, 1):
            yield calendar.instant(day, clock, fold=fold)
    begins, ends = calendar.instant(day, time()), calendar.instant(day + DAY, time())
    if ends - begins != DAY:  # the clocks were moved: look at each hour
        yield from (begins.astimezone(UTC) + timedelta(hours=hour) for hour in range(26))


def _clocks(tariff: Tariff) -> Iterator[time]:
    weekend = tariff.calendar.weekend
    yield from (weekend.starts_at, weekend.ends_at)
    if tariff.calendar.eve_from is not None:
        yield tariff.calendar.eve_from
    for stay in tariff.stays:
        yield from _doors(stay)
    for price in tariff.prices:
        if price.arrives is not None:
            yield from (price.arrives.start, price.arrives.end)


def _doors(stay: Stay) -> Iterator[time]:
    if stay.kind == StayKind.WINDOW:
        yield from (stay.starts_at, stay.latest_entry_at or stay.ends_at)
