"""In which hours a promotion is in force, on the clocks and the calendar of a property.

A day is a holiday, or the eve of one, as a whole: from which hour on an eve has prices of its own
does not matter here. A holiday before another one is a holiday, not an eve. Hours that pass
midnight are of the day on which they begin, as nights are: on Friday from 22:00 to 02:00 ends on
Saturday, and it is Friday that may not be a holiday.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from promotions.enums import Holidays
from promotions.rules.spans import Window
from suites.rules.calendars import DAY, Calendar
from suites.rules.stays import ClockRange

EVERY_DAY = frozenset(range(7))
HORIZON = timedelta(days=9 * 366)
"""How far is looked for an opening: 29 February may be eight years away."""


@dataclass(frozen=True)
class Opening:
    """Hours of some weekdays, 0 is Monday; without `hours`, whole days."""

    weekdays: frozenset[int] = EVERY_DAY
    hours: ClockRange | None = None
    holidays: Holidays = Holidays.ANY
    key: Hashable = None

    def fits_weekday(self, day: date) -> bool:
        """Return whether it may open on a date, holidays aside."""
        return day.weekday() in self.weekdays

    def fits_holiday(self, calendar: Calendar, day: date) -> bool:
        """Return whether it may open on a date, as far as holidays go."""
        if self.holidays == Holidays.ANY:
            return True
        is_holiday = bool(calendar.holiday(day))
        is_eve = not is_holiday and bool(calendar.holiday(day + DAY))
        return {
            Holidays.EXCEPT_HOLIDAYS: not is_holiday,
            Holidays.EXCEPT_BOTH: not is_holiday and not is_eve,
            Holidays.ONLY_HOLIDAYS: is_holiday,
            Holidays.ONLY_EVES: is_eve,
        }[self.holidays]

    def on(self, calendar: Calendar, day: date) -> tuple[datetime, datetime] | None:
        """Return from when to when it is open, if it opens on a date."""
        if not self.fits_weekday(day) or not self.fits_holiday(calendar, day):
            return None
        hours = self.hours or ClockRange(time(), time())
        last = day if hours.start < hours.end else day + DAY
        begins, ends = calendar.instant(day, hours.start), calendar.instant(last, hours.end)
        return (begins, ends) if begins < ends else None  # clocks may be moved over it


@dataclass(frozen=True)
class Windows:
    """When a promotion is in force: in any of its openings within its dates.

    Without openings it is so at any hour.
    """

    dates: Window = field(default_factory=Window)
    openings: tuple[Opening, ...] = ()

    @property
    def is_around_the_clock(self) -> bool:
        """Whether only the dates say when it is in force."""
        whole = (each for each in self.openings if not each.hours)
        days = {day for each in whole if each.holidays == Holidays.ANY for day in each.weekdays}
        return not self.openings or days >= EVERY_DAY


def is_open(windows: Windows, calendar: Calendar, at: datetime) -> bool:
    """Return whether a promotion is in force at an aware instant."""
    return windows.dates.holds(at) and (
        windows.is_around_the_clock or opening_at(windows, calendar, at) is not None
    )


def opening_at(windows: Windows, calendar: Calendar, at: datetime) -> Opening | None:
    """Return the first opening that holds an instant, whatever the dates say."""
    today = calendar.local(at).date()
    for opening in windows.openings:
        found = (opening.on(calendar, day) for day in (today - DAY, today))
        if any(span[0] <= at < span[1] for span in found if span):
            return opening
    return None


def next_open(windows: Windows, calendar: Calendar, at: datetime) -> Window | None:
    """Return the first span, from an instant on, in which a promotion is in force.

    It begins at the instant if it is open then; it ends with the first instant at which it is not,
    or never. None when nothing opens within the horizon.
    """
    until = at.astimezone(UTC) + HORIZON
    span = next(spans(windows, calendar, after=at, until=until), None)
    if span and span.ends_at == until:
        return Window(span.starts_at, windows.dates.ends_at)
    return span


def turns(
    windows: Windows, calendar: Calendar, *, after: datetime, until: datetime | None = None
) -> Iterator[datetime]:
    """Return, in order, the instants after another at which a promotion opens or closes.

    None is among them from `until` on; without it, none beyond the horizon.
    """
    end = until or after.astimezone(UTC) + HORIZON
    for span in spans(windows, calendar, after=after, until=end):
        yield from (
            bound
            for bound in (span.starts_at, span.ends_at)
            if bound is not None and after < bound < end
        )


def spans(
    windows: Windows, calendar: Calendar, *, after: datetime, until: datetime
) -> Iterator[Window]:
    """Return, in order, the spans between two instants in which a promotion is in force.

    They neither touch nor overlap, and are cut off at both instants.
    """
    begin = max(each for each in (windows.dates.starts_at, after) if each).astimezone(UTC)
    end = min(each for each in (windows.dates.ends_at, until) if each).astimezone(UTC)
    if begin >= end:
        return
    if windows.is_around_the_clock:
        yield Window(begin, end)
        return
    since: datetime | None = None
    to = begin
    for starts_at, ends_at in _pieces(windows, calendar, begin, end):
        if since is not None and starts_at > to:
            yield Window(since, to)
            since = None
        since, to = starts_at if since is None else since, max(to, ends_at)
    if since is not None:
        yield Window(since, to)


def _pieces(
    windows: Windows, calendar: Calendar, begin: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Return what the openings give of each day, by their beginnings, within two instants."""
    day, last = calendar.local(begin).date() - DAY, calendar.local(end).date()
    while day <= last:
        found = (opening.on(calendar, day) for opening in windows.openings)
        for starts_at, ends_at in sorted(each for each in found if each):
            if begin < ends_at and starts_at < end:
                yield max(starts_at, begin), min(ends_at, end)
        day += DAY
