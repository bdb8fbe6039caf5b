"""What runs when: the open spans of each day, on a property's clocks."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from promotions.rules.spans import Window
from promotions.rules.windows import Windows, spans
from suites.rules.calendars import DAY, Calendar

WEEK = 7


@dataclass(frozen=True)
class Shift:
    """A part of a day in which a promotion is in force, in minutes of the property's clocks."""

    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        return self.ends - self.starts

    def __str__(self) -> str:
        return "–".join(f"{each // 60:02}:{each % 60:02}" for each in (self.starts, self.ends))


WHOLE_DAY = Shift(0, 24 * 60)


def shifts(windows: Windows, calendar: Calendar, day: date) -> tuple[Shift, ...]:
    """Return the parts of a day in which a promotion is in force."""
    begin, end = calendar.instant(day, time()), calendar.instant(day + DAY, time())
    return tuple(
        _shift(span, calendar, day) for span in spans(windows, calendar, after=begin, until=end)
    )


def week_of(day: date) -> tuple[date, int]:
    """Return the Monday of a day's week, and how many days it has."""
    return day - timedelta(days=day.weekday()), WEEK


def month_of(day: date) -> tuple[date, int]:
    """Return the first day of a day's month, and how many days it has."""
    first = day.replace(day=1)
    return first, ((first + 31 * DAY).replace(day=1) - first).days


def _shift(span: Window, calendar: Calendar, day: date) -> Shift:
    if span.starts_at is None or span.ends_at is None:
        raise AssertionError("what is cut off at both ends has both")
    starts, ends = calendar.local(span.starts_at), calendar.local(span.ends_at)
    whole = WHOLE_DAY.ends if ends.date() > day else ends.hour * 60 + ends.minute
    return Shift(starts.hour * 60 + starts.minute, whole)
