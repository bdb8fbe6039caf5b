"""Moments of a motel that are worth a preview: its special days."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from suites.models import SpecialDay
from suites.rules.calendars import OwnDay
from tenancy.models import Property
from theme.previews.rules import Moment

MOST = 4
LATE = time(23, 50)


def special_moments(motel: Property, at: datetime) -> list[Moment]:
    """Return the nights of the motel's next special days, the soonest first."""
    today = at.astimezone(ZoneInfo(motel.timezone)).date()
    rows = SpecialDay.objects.filter(property=motel)
    days = (OwnDay(row.pk, row.name, row.month, row.day, row.year) for row in rows)
    coming = sorted((found, day.name) for day in days if (found := day.next_on(today)))
    return [
        Moment(f"{name}, {LATE:%H:%M}", datetime.combine(found, LATE).isoformat(timespec="minutes"))
        for found, name in coming[:MOST]
    ]
