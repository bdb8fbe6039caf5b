"""Windows of promotions: over midnight, holidays and eves, time zones, leap days, month ends."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promotions.enums import Holidays
from promotions.rules.spans import Window
from promotions.rules.windows import (
    EVERY_DAY,
    Opening,
    Windows,
    is_open,
    next_open,
    opening_at,
    spans,
    turns,
)
from suites.rules.calendars import OwnDay
from suites.rules.stays import ClockRange
from tests.promotions.rules.places import (
    FRIDAY,
    MON_TO_THU,
    SUNDAY,
    TUESDAY,
    opening,
    windows,
)
from tests.suites.rules.houses import ZONES, at, calendar
from tests.suites.rules.test_properties import calendars

MINUTE = timedelta(minutes=1)

LUNCH = opening("12:00-18:00", MON_TO_THU)
FRIDAY_NIGHT = opening("22:00-02:00", [FRIDAY])
WHOLE_TUESDAY = opening(days=[TUESDAY])


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("given", "when", "expected"),
    [
        (LUNCH, "2026-11-23 11:59", False),
        (LUNCH, "2026-11-23 12:00", True),
        (LUNCH, "2026-11-26 17:59", True),
        (LUNCH, "2026-11-26 18:00", False),
        (LUNCH, "2026-11-27 12:00", False),
        (FRIDAY_NIGHT, "2026-11-27 21:59", False),
        (FRIDAY_NIGHT, "2026-11-27 22:00", True),
        (FRIDAY_NIGHT, "2026-11-28 00:00", True),
        (FRIDAY_NIGHT, "2026-11-28 01:59", True),
        (FRIDAY_NIGHT, "2026-11-28 02:00", False),
        (FRIDAY_NIGHT, "2026-11-27 01:00", False),
        (FRIDAY_NIGHT, "2026-11-28 22:00", False),
        (WHOLE_TUESDAY, "2026-11-23 23:59", False),
        (WHOLE_TUESDAY, "2026-11-24 00:00", True),
        (WHOLE_TUESDAY, "2026-11-24 23:59", True),
        (WHOLE_TUESDAY, "2026-11-25 00:00", False),
        (opening("18:00-00:00", [TUESDAY]), "2026-11-24 23:59", True),
        (opening("18:00-00:00", [TUESDAY]), "2026-11-25 00:00", False),
        (opening("22:00-06:00", [SUNDAY]), "2026-11-30 05:59", True),  # the month's last day
        (opening("22:00-06:00", [TUESDAY]), "2024-02-29 05:00", False),  # of Wednesday
        (opening("22:00-06:00", [TUESDAY + 1]), "2024-02-29 05:00", True),
        (opening("22:00-06:00", [TUESDAY + 2]), "2024-03-01 05:59", True),
        (opening("22:00-06:00", [TUESDAY + 3]), "2027-01-02 05:59", True),  # of New Year's Day
    ],
)
def test_hours_are_of_the_day_on_which_they_begin(zone, given, when, expected):
    assert is_open(Windows(openings=(given,)), calendar(zone), at(when, zone)) is expected


CHRISTMAS = "2026-12-25"  # a Friday


@pytest.mark.parametrize(
    ("policy", "eve", "holiday", "after"),
    [
        (Holidays.ANY, True, True, True),
        (Holidays.EXCEPT_HOLIDAYS, True, False, True),
        (Holidays.EXCEPT_BOTH, False, False, True),
        (Holidays.ONLY_HOLIDAYS, False, True, False),
        (Holidays.ONLY_EVES, True, False, False),
    ],
)
@pytest.mark.parametrize("eve_from", [None, time(18)])
def test_holidays_count_by_whole_days(policy, eve, holiday, after, eve_from):
    given = Windows(openings=(opening("20:00-03:00", holidays=policy),))
    house = calendar(eve_from=eve_from)
    nights = [("2026-12-24", "2026-12-25"), (CHRISTMAS, "2026-12-26"), ("2026-12-26", "2026-12-27")]

    open_at = [
        (is_open(given, house, at(f"{day} 20:00")), is_open(given, house, at(f"{morning} 02:59")))
        for day, morning in nights
    ]

    assert open_at == [(eve, eve), (holiday, holiday), (after, after)]


def test_a_holiday_before_another_is_no_eve():
    days = (
        OwnDay("own", "Dia da casa", 12, 24, kind="holiday"),
        OwnDay("before", "Antes", 12, 23, kind="special"),
    )
    house = calendar(days=days)
    given = Windows(openings=(opening(holidays=Holidays.ONLY_EVES),))

    assert is_open(given, house, at("2026-12-23 12:00"))
    assert not is_open(given, house, at("2026-12-24 12:00"))


def test_dates_cut_hours_off():
    given = windows(FRIDAY_NIGHT, starts="2026-11-27 23:00", ends="2026-11-28 01:00")

    found = list(
        spans(given, calendar(), after=at("2026-11-01 00:00"), until=at("2026-12-31 00:00"))
    )

    assert found == [Window(at("2026-11-27 23:00"), at("2026-11-28 01:00"))]


def test_openings_that_touch_are_one_span():
    given = Windows(openings=(opening(days=MON_TO_THU), opening("00:00-06:00", [FRIDAY])))

    assert next_open(given, calendar(), at("2026-11-25 10:00")) == Window(
        at("2026-11-25 10:00"), at("2026-11-27 06:00")
    )
    assert next_open(given, calendar(), at("2026-11-27 06:00")) == Window(
        at("2026-11-30 00:00"), at("2026-12-04 06:00")
    )


@pytest.mark.parametrize(
    "given",
    [
        Windows(),
        Windows(openings=(opening(),)),
        Windows(openings=(opening(days=MON_TO_THU), opening(days=EVERY_DAY - MON_TO_THU))),
        Windows(openings=(opening("00:00-12:00"), opening("12:00-00:00"))),
    ],
)
def test_what_never_closes_has_no_end_and_no_turns(given):
    now = at("2026-11-25 10:00")

    assert next_open(given, calendar(), now) == Window(now, None)
    assert list(turns(given, calendar(), after=now)) == []


def test_a_promotion_that_is_over_never_opens():
    given = windows(LUNCH, ends="2026-11-23 12:00")

    assert next_open(given, calendar(), at("2026-11-23 12:00")) is None
    assert next_open(given, calendar(), at("2026-11-22 12:00")) is None


def test_a_leap_day_is_waited_for():
    leap_day = OwnDay("leap", "Dia extra", 2, 29, kind="holiday")
    house = calendar(days=(leap_day,), has_public_holidays=False)
    given = Windows(openings=(opening("12:00-18:00", holidays=Holidays.ONLY_HOLIDAYS),))

    assert next_open(given, house, at("2096-03-01 00:00")) == Window(
        at("2104-02-29 12:00"), at("2104-02-29 18:00")
    )


def test_turns_are_where_it_opens_and_closes():
    found = islice(turns(windows(LUNCH), calendar(), after=at("2026-11-26 12:00")), 3)

    assert list(found) == [at("2026-11-26 18:00"), at("2026-11-30 12:00"), at("2026-11-30 18:00")]


def test_clocks_that_are_moved_leave_no_span_behind_its_end():
    """On 4 November 2018 São Paulo's clocks went from 00:00 to 01:00, on a Sunday."""
    zone = "America/Sao_Paulo"
    given = Windows(openings=(opening("00:15-00:45", [SUNDAY]),))

    assert next_open(given, calendar(zone), at("2018-11-03 12:00", zone)).starts_at > at(
        "2018-11-04 00:00", zone
    )
    assert opening_at(given, calendar(zone), at("2018-11-11 00:30", zone)) == given.openings[0]


CLOCKS = st.sampled_from([time(hour, minute) for hour in range(24) for minute in (0, 30)])


@st.composite
def openings(draw):
    start, end = draw(CLOCKS), draw(CLOCKS)
    return Opening(
        draw(st.frozensets(st.integers(0, 6), min_size=1)),
        None if start == end else ClockRange(start, end),
        draw(st.sampled_from(Holidays)),
    )


@st.composite
def any_windows(draw, near: datetime):
    bounds = st.none() | st.integers(-20 * 24, 50 * 24)
    begin, end = draw(bounds), draw(bounds)
    dates = Window(
        None if begin is None else near + timedelta(hours=begin),
        None if end is None else near + timedelta(hours=end),
    )
    return Windows(dates, tuple(draw(st.lists(openings(), max_size=3))))


MONTHS = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 (hypothesis adds the zone)
    datetime(2030, 12, 31),  # noqa: DTZ001 (hypothesis adds the zone)
    timezones=st.just(UTC),
).map(lambda each: each.replace(second=0, microsecond=0))


@settings(max_examples=25)
@given(data=st.data(), begin=MONTHS, house=calendars())
def test_what_is_drawn_for_a_month_is_what_holds_in_each_minute(data, begin, house):
    given = data.draw(any_windows(begin))
    end = begin + timedelta(days=31)

    drawn = list(spans(given, house, after=begin, until=end))

    minutes = (begin + number * MINUTE for number in range(31 * 24 * 60))
    ahead = iter([*drawn, Window(end, end)])
    span = next(ahead)
    for minute in minutes:
        if span.is_over(minute):
            span = next(ahead)
        assert is_open(given, house, minute) is span.holds(minute), minute


@settings(max_examples=60)
@given(data=st.data(), begin=MONTHS, house=calendars())
def test_next_open_begins_with_the_first_open_instant(data, begin, house):
    given = data.draw(any_windows(begin))

    found = next_open(given, house, begin)

    halves = [begin.replace(minute=0) + number * timedelta(minutes=30) for number in range(60 * 48)]
    looked_at = [begin, *(each for each in halves if each > begin)]
    first = next((each for each in looked_at if is_open(given, house, each)), None)
    if first is not None:
        assert found is not None
        assert is_open(given, house, found.starts_at)
        assert found.starts_at <= first
        assert found.starts_at == begin or not is_open(
            given, house, found.starts_at - timedelta(microseconds=1)
        )
    elif found is not None:
        assert found.starts_at > looked_at[-1] or _lasts_less_than_a_half_hour(found)


@settings(max_examples=60)
@given(data=st.data(), begin=MONTHS, house=calendars())
def test_each_turn_changes_whether_it_is_open(data, begin, house):
    given = data.draw(any_windows(begin))

    for turn in islice(turns(given, house, after=begin), 20):
        before = is_open(given, house, turn - timedelta(microseconds=1))
        assert is_open(given, house, turn) is not before


def _lasts_less_than_a_half_hour(span):
    return span.ends_at is not None and span.ends_at - span.starts_at < timedelta(minutes=30)
