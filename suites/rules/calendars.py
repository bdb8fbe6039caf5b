"""The calendar of a property: what its days are, and where in the day an instant lies."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from suites.enums import DayClass, DayKind, Weekday
from suites.rules.holidays import holidays_of

DAY = timedelta(days=1)
WEEK = 7 * 24 * 3600


@dataclass(frozen=True)
class Weekend:
    """From one time of the week to another, which is no longer of it; nothing if they are equal."""

    starts_on: int = Weekday.FRIDAY
    starts_at: time = time(18)
    ends_on: int = Weekday.SUNDAY
    ends_at: time = time(18)

    def holds(self, local: datetime) -> bool:
        """Return whether a local time lies in the weekend."""
        start = _second_of_week(self.starts_on, self.starts_at)
        end = _second_of_week(self.ends_on, self.ends_at)
        here = _second_of_week(local.weekday(), local.time())
        return (here - start) % WEEK < (end - start) % WEEK


@dataclass(frozen=True)
class OwnDay:
    """A day that the property itself has put into its calendar; of every year without `year`."""

    key: Hashable
    name: str
    month: int
    day: int
    year: int | None = None
    kind: DayKind = DayKind.SPECIAL

    def is_on(self, day: date) -> bool:
        """Return whether it falls on a date."""
        return (self.month, self.day) == (day.month, day.day) and self.year in {None, day.year}

    def next_on(self, day: date) -> date | None:
        """Return its first date that is not before `day`; None when it is past."""
        years = [self.year] if self.year else range(day.year, day.year + 9)
        for year in years:
            try:
                found = date(year, self.month, self.day)
            except ValueError:  # 29 February
                continue
            if found >= day:
                return found
        return None


@dataclass(frozen=True)
class Day:
    """What an instant's day is for prices. `reason` names the holiday, if one decides."""

    date: date
    day_class: DayClass
    reason: str = ""


@dataclass(frozen=True)
class Calendar:
    """A property's time zone, weekend, holidays and own days; their names are in `language`."""

    zone: ZoneInfo
    weekend: Weekend = Weekend()
    state: str = ""
    has_public_holidays: bool = True
    has_optional_holidays: bool = False
    eve_from: time | None = None
    days: tuple[OwnDay, ...] = ()
    language: str = "pt-br"

    def local(self, at: datetime) -> datetime:
        """Return an aware instant on the property's clocks."""
        return at.astimezone(self.zone)

    def instant(self, day: date, clock: time, *, fold: int = 0) -> datetime:
        """Return the instant, in UTC, at which the property's clocks show a time of a day."""
        return datetime.combine(day, clock, self.zone).replace(fold=fold).astimezone(UTC)

    def holiday(self, day: date) -> str:
        """Return the name of the holiday that a date is, "" for none."""
        own = next((d.name for d in self._own(day) if d.kind == DayKind.HOLIDAY), "")
        if own or not self.has_public_holidays:
            return own
        found = holidays_of(
            day.year, self.state, is_optional=self.has_optional_holidays, language=self.language
        )
        return found.get(day, "")

    def closure(self, day: date) -> OwnDay | None:
        """Return the own day for which nothing is sold on a date."""
        return next((own for own in self._own(day) if own.kind == DayKind.CLOSED), None)

    def specials(self, day: date) -> list[OwnDay]:
        """Return the own days that fall on a date, those of one year before yearly ones."""
        return sorted(self._own(day), key=lambda own: own.year is None)

    def day_at(self, at: datetime) -> Day:
        """Return the day of an instant: a holiday, its eve, the weekend or an ordinary one."""
        local = self.local(at)
        day = local.date()
        if name := self.holiday(day):
            return Day(day, DayClass.HOLIDAY, name)
        is_late = self.eve_from is not None and local.time() >= self.eve_from
        if is_late and (name := self.holiday(day + DAY)):
            return Day(day, DayClass.HOLIDAY_EVE, name)
        is_weekend = self.weekend.holds(local)
        return Day(day, DayClass.WEEKEND if is_weekend else DayClass.WEEKDAY)

    def _own(self, day: date) -> list[OwnDay]:
        return [own for own in self.days if own.is_on(day)]


def _second_of_week(weekday: int, clock: time) -> int:
    return ((weekday * 24 + clock.hour) * 60 + clock.minute) * 60 + clock.second
