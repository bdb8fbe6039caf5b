"""Instants that a page can be previewed as of, and how long a shared preview may live."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

SATURDAY = 5
YEARS = range(2000, 2100)
"""What a preview may be asked for; beyond, the calendar's own arithmetic ends."""

LONGEST = timedelta(days=30)


@dataclass(frozen=True)
class Moment:
    """An instant that is worth a look. `text` is how it is written in addresses."""

    label: str
    text: str


def read(text: str, zone: ZoneInfo) -> datetime | None:
    """Return the aware instant that a local date and time mean, or None for what is none."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return None
    return local.replace(tzinfo=zone) if local.tzinfo is None and local.year in YEARS else None


def write(instant: datetime, zone: ZoneInfo) -> str:
    """Return the instant as `read` takes it: local, to the minute."""
    return instant.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")


def usual_moments(at: datetime, zone: ZoneInfo) -> list[Moment]:
    """Return the moments that marketers ask for first: tonight, and the weekend's peak."""
    today = at.astimezone(zone).date()
    days = (SATURDAY - today.weekday()) % 7 or 7
    tonight = datetime.combine(today, time(22, 40))
    saturday = datetime.combine(today + timedelta(days=days), time(23))
    return [
        Moment(_("Hoje, 22:40"), tonight.isoformat(timespec="minutes")),
        Moment(_("Próximo sábado, 23:00"), saturday.isoformat(timespec="minutes")),
    ]
