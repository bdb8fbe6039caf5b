"""Moments of a motel that are worth a preview: its special days."""

from contextlib import suppress
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from suites.models import SpecialDay
from tenancy.models import Property
from theme.previews.rules import Moment

MOST = 4
LATE = time(23, 50)
LEAP_YEARS_APART = 8


def special_moments(motel: Property, at: datetime) -> list[Moment]:
    """Return the nights of the motel's next special days, the soonest first."""
    today = at.astimezone(ZoneInfo(motel.timezone)).date()
    days = SpecialDay.objects.filter(property=motel)
    coming = sorted((found, day.name) for day in days if (found := next_date(day, today)))
    return [
        Moment(f"{name}, {LATE:%H:%M}", datetime.combine(found, LATE).isoformat(timespec="minutes"))
        for found, name in coming[:MOST]
    ]


def next_date(day: SpecialDay, today: date) -> date | None:
    """Return the day's next date, which may be today; None when its only year is over."""
    years = [day.year] if day.year else range(today.year, today.year + LEAP_YEARS_APART + 1)
    for year in years:
        with suppress(ValueError):  # 29 February
            if (found := date(year, day.month, day.day)) >= today:
                return found
    return None
