"""What runs on which day."""

from datetime import date

import pytest

from promotions.rules.agenda import WHOLE_DAY, Shift, month_of, shifts, week_of
from promotions.rules.windows import Windows
from tests.promotions.rules.places import FRIDAY, MON_TO_THU, opening, windows
from tests.suites.rules.houses import ZONES, calendar

NIGHT = opening("22:00-02:00", [FRIDAY])
FRIDAY_27, SATURDAY_28 = date(2026, 11, 27), date(2026, 11, 28)


@pytest.mark.parametrize("zone", ZONES)
def test_a_night_is_on_two_days(zone):
    given = windows(NIGHT)

    assert shifts(given, calendar(zone), FRIDAY_27) == (Shift(22 * 60, 24 * 60),)
    assert shifts(given, calendar(zone), SATURDAY_28) == (Shift(0, 2 * 60),)
    assert shifts(given, calendar(zone), date(2026, 11, 29)) == ()


def test_several_parts_of_a_day_are_in_order():
    given = windows(opening("20:00-23:30"), opening("00:00-06:00"), opening("05:00-08:00"))

    found = shifts(given, calendar(), FRIDAY_27)

    assert [str(each) for each in found] == ["00:00–08:00", "20:00–23:30"]
    assert [each.minutes for each in found] == [480, 210]


@pytest.mark.parametrize("given", [Windows(), windows(opening()), windows(opening(days=[FRIDAY]))])
def test_a_whole_day_is_one(given):
    assert shifts(given, calendar(), FRIDAY_27) == (WHOLE_DAY,)


def test_dates_cut_days_off():
    given = windows(opening(days=MON_TO_THU), starts="2026-11-24 10:00", ends="2026-11-25 00:00")

    days = [date(2026, 11, day) for day in (23, 24, 25)]

    assert [shifts(given, calendar(), day) for day in days] == [(), (Shift(600, 1440),), ()]


@pytest.mark.parametrize(
    ("day", "week", "month"),
    [
        (date(2026, 11, 29), date(2026, 11, 23), (date(2026, 11, 1), 30)),
        (date(2024, 2, 29), date(2024, 2, 26), (date(2024, 2, 1), 29)),
        (date(2026, 2, 1), date(2026, 1, 26), (date(2026, 2, 1), 28)),
        (date(2026, 12, 31), date(2026, 12, 28), (date(2026, 12, 1), 31)),
    ],
)
def test_weeks_begin_on_monday_and_months_on_their_first(day, week, month):
    assert week_of(day) == (week, 7)
    assert month_of(day) == month
