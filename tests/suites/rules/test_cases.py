"""The surveyed prices of real motels, as the demo's files have them, answered by the rules."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import sites.demo
from sites.provisioning.reader import read
from suites.rules.calendars import Calendar, OwnDay
from suites.rules.quotes import Quote, quote
from suites.rules.stays import ClockRange, Stay
from suites.rules.tariffs import Price, Tariff
from tests.suites.rules.houses import at

FOLDER = Path(next(iter(sites.demo.__path__)))
ROMANCE = ("kit-secreto", "prato-para-dois", "cafe-romantico")
LUA, LUA_CENTRO, SOL = ("lua", 0), ("lua", 1), ("sol", 0)


def house(motel, slug):
    """Return the tariff of a suite type as its file describes it."""
    name, number = motel
    table = read(FOLDER / f"{name}.toml").properties[number]
    days = [
        OwnDay(day.slug, day.name.pt, day.date.month, day.date.day, day.date.year, day.kind)
        for day in table.special_days
    ]
    zone = ZoneInfo(table.timezone)
    (suite_type,) = (each for each in table.suite_types if each.slug == slug)
    return Tariff(
        slug,
        Calendar(zone, state="PA", eve_from=table.calendar.eves_from, days=tuple(days)),
        tuple(stay_of(stay) for stay in table.stays),
        tuple(price_of(number, each) for number, each in enumerate(suite_type.prices)),
        capacity=suite_type.capacity,
    )


def stay_of(table):
    times = {} if table.minutes else {"starts_at": table.starts_at, "ends_at": table.ends_at}
    return Stay(
        table.slug,
        table.kind,
        minutes=table.minutes or 0,
        latest_entry_at=table.latest_entry_at,
        **times,
    )


def price_of(key, table):
    arrives = table.arrives_from and ClockRange(table.arrives_from, table.arrives_until)
    return Price(
        key,
        table.stay,
        table.centavos,
        table.day_class,
        table.special_day,
        arrives,
        inclusions=table.includes,
    )


def asked(tariff, slug, text):
    """Return reais and what is in them, from an arrival on."""
    stay = next(stay for stay in tariff.stays if stay.key == slug)
    found = quote(tariff, stay=stay, at=at(text))
    return (found.centavos / 100, found.price.inclusions) if isinstance(found, Quote) else None


@pytest.mark.parametrize(
    ("motel", "suite", "stay", "arrival", "answer"),
    [
        (LUA, "loft", "2h", "2026-06-10 15:00", (76, ())),
        (LUA, "loft", "2h", "2026-06-12 23:00", (76, ())),
        (LUA, "premium", "6h", "2026-12-25 23:00", (410, ())),
        (LUA, "loft", "pernoite", "2026-06-11 22:00", (210, ())),
        (LUA, "loft", "pernoite", "2026-06-12 21:59", None),
        (LUA, "loft", "pernoite", "2026-06-12 22:00", (570, ROMANCE)),
        (LUA, "flat", "pernoite", "2026-06-13 00:30", (730, ROMANCE)),
        (LUA, "premium", "pernoite", "2027-06-12 23:59", (1100, ROMANCE)),
        (LUA, "premium", "pernoite", "2026-06-13 22:00", (520, ())),
        (LUA_CENTRO, "luxo", "2h", "2026-06-10 15:00", (110, ())),
        (LUA_CENTRO, "master", "2h", "2026-06-10 15:00", (360, ())),
        (LUA_CENTRO, "luxo", "pernoite", "2026-06-10 21:00", (235, ())),
        (LUA_CENTRO, "hidro", "pernoite", "2026-06-11 02:00", (420, ("cafe",))),
        (LUA_CENTRO, "master", "pernoite", "2026-06-10 21:00", (700, ("cafe",))),
        (LUA_CENTRO, "master", "pernoite", "2026-06-11 11:00", None),
        (SOL, "luxo", "2h", "2026-06-10 15:00", (105, ())),
        (SOL, "luxo", "pernoite", "2026-06-10 22:00", (139, ("cafe",))),
        (SOL, "super-luxo", "2h", "2026-06-10 15:00", (115, ())),
        (SOL, "super-luxo", "pernoite", "2026-06-10 22:00", (149, ("cafe",))),
        (SOL, "panoramica", "pernoite", "2026-06-10 22:00", (139, ("cafe",))),
        (SOL, "suite-master", "2h", "2026-06-10 15:00", (169, ())),
        (SOL, "suite-master", "pernoite", "2026-06-10 22:00", (289, ("cafe",))),
        (SOL, "suite-master", "12h", "2026-06-10 07:00", (239, ())),
        (SOL, "suite-master", "12h", "2026-06-10 11:00", (279, ())),
        (SOL, "suite-master", "12h", "2026-06-13 07:00", (329, ())),
        (SOL, "suite-master", "12h", "2026-12-24 19:00", (349, ())),
        (SOL, "suite-master", "12h", "2026-12-25 07:00", (369, ("cafe",))),
        (SOL, "suite-master", "12h", "2027-10-10 12:00", (369, ("cafe",))),
    ],
)
def test_real_price(motel, suite, stay, arrival, answer):
    assert asked(house(motel, suite), stay, arrival) == answer
