"""What is sold: a period from the arrival on, or a window of local time that may pass midnight."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from suites.enums import StayKind
from suites.rules.calendars import DAY, Calendar, Day


@dataclass(frozen=True)
class ClockRange:
    """From a time of day to another, which is no longer of it, over midnight if it is earlier."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}–{self.end:%H:%M}"

    def holds(self, clock: time) -> bool:
        """Return whether a time of day lies in the range."""
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def overlaps(self, other: "ClockRange") -> bool:
        """Return whether some time of day lies in both."""
        return self.holds(other.start) or other.holds(self.start)


@dataclass(frozen=True)
class Sitting:
    """A stay as it would be for guests who arrive at an instant."""

    day: Day
    ends_at: datetime
    enters_until: datetime | None = None


@dataclass(frozen=True)
class Stay:
    """A period has `minutes`; a window has `starts_at` and `ends_at`, and may let nobody in later.

    `tolerance_minutes` after the end cost nothing.
    """

    key: Hashable
    kind: StayKind = StayKind.PERIOD
    minutes: int = 0
    starts_at: time = time()
    ends_at: time = time()
    latest_entry_at: time | None = None
    tolerance_minutes: int = 0

    def sitting(self, calendar: Calendar, at: datetime) -> Sitting | None:
        """Return the stay of guests who arrive at an instant; None while they may not enter.

        A window's day is the one on which it opened: 00:30 on Saturday is Friday's night.
        """
        if self.kind == StayKind.PERIOD:
            ends_at = at.astimezone(UTC) + timedelta(minutes=self.minutes)
            return Sitting(calendar.day_at(at), ends_at)
        today = calendar.local(at).date()
        for day in (today, today - DAY):
            opens_at = calendar.instant(day, self.starts_at)
            ends_at = self.closes_at(calendar, day)
            until = self._after_opening(calendar, day, self.latest_entry_at or self.ends_at)
            if opens_at <= at < until:
                return Sitting(calendar.day_at(opens_at), ends_at, until)
        return None

    def closes_at(self, calendar: Calendar, day: date) -> datetime:
        """Return when a window ends that opens on a date."""
        return self._after_opening(calendar, day, self.ends_at)

    def _after_opening(self, calendar: Calendar, day: date, clock: time) -> datetime:
        is_next_day = clock <= self.starts_at
        return calendar.instant(day + DAY if is_next_day else day, clock)
