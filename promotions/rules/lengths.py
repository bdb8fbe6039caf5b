"""When nights become shorter than a promotion asks: the later guests arrive, the less they stay."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from heapq import merge

from promotions.rules.eligibility import Rule
from suites.enums import StayKind
from suites.rules.calendars import DAY, Calendar
from suites.rules.stays import Stay


def shortenings(
    rule: Rule, stays: Iterable[Stay], calendar: Calendar, *, after: datetime, until: datetime
) -> Iterator[datetime]:
    """Return, in order, the instants between two others at which a stay becomes too short.

    A period is as long whenever it begins: only windows have some.
    """
    if rule.min_minutes is None:
        return iter(())
    least = timedelta(minutes=rule.min_minutes)
    windows = (each for each in stays if each.kind == StayKind.WINDOW)
    covered = (each for each in windows if not rule.stays or each.key in rule.stays)
    every = merge(*(_of(each, least, calendar, after, until) for each in covered))
    return (each for each in every if after < each < until)


def _of(
    stay: Stay, least: timedelta, calendar: Calendar, after: datetime, until: datetime
) -> Iterator[datetime]:
    day, last = calendar.local(after).date() - DAY, calendar.local(until).date()
    while day <= last:
        # who arrives at the last moment still stays long enough
        turn = stay.closes_at(calendar, day) - least + datetime.resolution
        if calendar.instant(day, stay.starts_at) < turn:
            yield turn
        day += DAY
