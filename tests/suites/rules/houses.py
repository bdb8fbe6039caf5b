"""Tariffs of made-up houses, and instants on their clocks."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from suites.enums import DayClass, StayKind
from suites.rules.calendars import Calendar
from suites.rules.quotes import Quote, quote
from suites.rules.stays import Stay
from suites.rules.tariffs import Price, Tariff

BELEM = "America/Belem"
ZONES = ("America/Noronha", "America/Sao_Paulo", "America/Manaus", "America/Rio_Branco")
"""Brazil's four time zones, from -2 to -5 hours."""

TWO_HOURS = Stay("2h", minutes=120, tolerance_minutes=10)
FOUR_HOURS = Stay("4h", minutes=240)
NIGHT = Stay(
    "night", StayKind.WINDOW, starts_at=time(22), ends_at=time(12), latest_entry_at=time(4)
)
STAYS = (TWO_HOURS, FOUR_HOURS, NIGHT)


def calendar(zone=BELEM, **fields) -> Calendar:
    return Calendar(ZoneInfo(zone), **fields)


def price(stay, centavos, day_class=DayClass.ANY, **fields) -> Price:
    key = f"{stay.key}-{day_class}-{centavos}"
    return Price(key, stay.key, centavos, day_class, **fields)


def tariff(*prices, stays=STAYS, on=None, **fields) -> Tariff:
    return Tariff("loft", on or calendar(), stays, prices, **fields)


def at(text, zone=BELEM) -> datetime:
    """Return the instant at which the house's clocks show "2026-11-27 22:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def cost(house, stay, text, **asked) -> int | None:
    """Return what a stay costs from an arrival on, None if it is not sold then."""
    found = quote(house, stay=stay, at=at(text, str(house.calendar.zone)), **asked)
    return found.centavos if isinstance(found, Quote) else None
