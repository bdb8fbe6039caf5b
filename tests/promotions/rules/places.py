"""Promotions' windows on the clocks of made-up houses, and cases of stays there."""

from datetime import time
from uuid import UUID

from promotions.enums import Effect
from promotions.rules.effects import Benefit
from promotions.rules.eligibility import Case, Rule
from promotions.rules.spans import Window
from promotions.rules.windows import EVERY_DAY, Opening, Windows
from suites.rules.stays import ClockRange
from tests.suites.rules.houses import BELEM, at, calendar

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
MON_TO_THU = frozenset(range(4))
HOUSE = UUID(int=1)
TEN_PERCENT = Benefit(Effect.PERCENT, percent=10)


def opening(hours="", days=EVERY_DAY, **fields) -> Opening:
    """Return hours written "22:00-02:00" on some days."""
    clocks = [time.fromisoformat(each) for each in hours.split("-")] if hours else []
    return Opening(frozenset(days), ClockRange(*clocks) if clocks else None, **fields)


def windows(*openings, starts=None, ends=None, zone=BELEM) -> Windows:
    dates = Window(at(starts, zone) if starts else None, at(ends, zone) if ends else None)
    return Windows(dates, openings)


def rule(*openings, **fields) -> Rule:
    return Rule("rule", TEN_PERCENT, **{"windows": windows(*openings), **fields})


def case(text="2026-11-24 15:00", **fields) -> Case:
    values = {"at": at(text), "calendar": calendar(), "property_id": HOUSE, **fields}
    return Case(**values)
