from datetime import date, time

import pytest

from suites.enums import DayClass, DayKind, Weekday
from suites.rules.calendars import OwnDay, Weekend
from suites.rules.holiday_names import APART, SPANISH, in_spanish
from suites.rules.holidays import holidays_of
from tests.suites.rules.houses import ZONES, at, calendar
from theme.enums import State

EVES = {"eve_from": time(18), "state": "PA"}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("text", "day_class", "reason"),
    [
        ("2026-11-26 12:00", DayClass.WEEKDAY, ""),
        ("2026-11-27 17:59", DayClass.WEEKDAY, ""),
        ("2026-11-27 18:00", DayClass.WEEKEND, ""),
        ("2026-11-28 00:00", DayClass.WEEKEND, ""),
        ("2026-11-29 17:59", DayClass.WEEKEND, ""),
        ("2026-11-29 18:00", DayClass.WEEKDAY, ""),
        ("2026-12-24 17:59", DayClass.WEEKDAY, ""),
        ("2026-12-24 18:00", DayClass.HOLIDAY_EVE, "Natal"),
        ("2026-12-24 23:59", DayClass.HOLIDAY_EVE, "Natal"),
        ("2026-12-25 00:00", DayClass.HOLIDAY, "Natal"),
        ("2026-12-25 23:59", DayClass.HOLIDAY, "Natal"),
        ("2026-12-26 00:00", DayClass.WEEKEND, ""),
        ("2026-12-31 18:00", DayClass.HOLIDAY_EVE, "Confraternização Universal"),
        ("2027-01-01 00:00", DayClass.HOLIDAY, "Confraternização Universal"),
        ("2028-02-29 12:00", DayClass.WEEKDAY, ""),
    ],
)
def test_day_of_an_instant(zone, text, day_class, reason):
    day = calendar(zone, **EVES).day_at(at(text, zone))

    assert (day.day_class, day.reason) == (day_class, reason)
    assert day.date == date.fromisoformat(text[:10])


def test_state_has_holidays_of_its_own():
    in_para = calendar(state="PA").holiday(date(2026, 8, 15))

    assert in_para.startswith("Adesão do Grão-Pará")
    assert not calendar(state="SP").holiday(date(2026, 8, 15))
    assert not calendar(state="PA", has_public_holidays=False).holiday(date(2026, 8, 15))


def test_carnival_is_a_holiday_for_houses_that_say_so():
    tuesday = date(2026, 2, 17)

    assert calendar().holiday(tuesday) == ""
    assert calendar(has_optional_holidays=True).holiday(tuesday) == "Carnaval"


@pytest.mark.parametrize(
    ("language", "carnival", "christmas"),
    [
        ("pt-br", "Carnaval", "Natal"),
        ("en", "Carnival", "Christmas Day"),
        ("es", "Carnaval", "Navidad"),
    ],
)
def test_holidays_have_names_in_the_language_of_the_page(language, carnival, christmas):
    house = calendar(has_optional_holidays=True, language=language)

    assert house.holiday(date(2026, 2, 17)) == carnival
    assert house.holiday(date(2026, 12, 25)) == christmas


@pytest.mark.parametrize("state", State.values)
def test_every_holiday_has_a_spanish_name(state):
    for year in range(2024, 2044):
        names = holidays_of(year, state, is_optional=True).values()

        assert {name for day in names for name in day.split(APART)} <= SPANISH.keys()


def test_holidays_of_one_day_are_all_named():
    assert in_spanish("Sexta-feira Santa; São Jorge") == "Viernes Santo; San Jorge"


def test_own_holiday_is_one_with_its_eve():
    own = OwnDay("d", "Círio", 10, 11, 2026, DayKind.HOLIDAY)
    house = calendar(days=(own,), eve_from=time(18))

    assert house.day_at(at("2026-10-11 10:00")).reason == "Círio"
    assert house.day_at(at("2026-10-10 19:00")).day_class == DayClass.HOLIDAY_EVE


def test_weekend_may_begin_and_end_whenever():
    thursday_to_monday = Weekend(Weekday.THURSDAY, time(20), Weekday.MONDAY, time(6))
    over_sunday = calendar(weekend=thursday_to_monday)

    classes = [
        over_sunday.day_at(at(text)).day_class
        for text in ("2026-11-26 19:59", "2026-11-26 20:00", "2026-11-30 05:59", "2026-11-30 06:00")
    ]
    assert classes == [DayClass.WEEKDAY, DayClass.WEEKEND, DayClass.WEEKEND, DayClass.WEEKDAY]


@pytest.mark.parametrize(
    ("own", "on", "found"),
    [
        (OwnDay("d", "D", 6, 12), date(2026, 6, 12), date(2026, 6, 12)),
        (OwnDay("d", "D", 6, 12), date(2026, 6, 13), date(2027, 6, 12)),
        (OwnDay("d", "D", 2, 29), date(2026, 1, 1), date(2028, 2, 29)),
        (OwnDay("d", "D", 2, 29), date(2096, 3, 1), date(2104, 2, 29)),
        (OwnDay("d", "D", 6, 12, 2026), date(2026, 6, 12), date(2026, 6, 12)),
        (OwnDay("d", "D", 6, 12, 2026), date(2026, 6, 13), None),
    ],
)
def test_own_day_comes_again(own, on, found):
    assert own.next_on(on) == found


@pytest.mark.parametrize("day", [date(2026, 2, 16), date(2026, 2, 17), date(2026, 6, 4)])
def test_optional_holidays_are_carnival_and_corpus_christi(day):
    assert calendar(has_optional_holidays=True).holiday(day)
    assert not calendar().holiday(day)


@pytest.mark.parametrize("text", ["2026-02-18", "2026-10-28", "2026-12-24", "2026-12-31"])
def test_other_days_that_law_leaves_open_are_ordinary(text):
    assert calendar(has_optional_holidays=True).holiday(date.fromisoformat(text)) == ""


@pytest.mark.parametrize("text", ["2026-10-27", "2026-12-23", "2026-12-30"])
def test_day_before_such_a_day_is_no_eve(text):
    house = calendar(has_optional_holidays=True, eve_from=time(18))

    assert house.day_at(at(f"{text} 20:00")).day_class == DayClass.WEEKDAY


@pytest.mark.parametrize("text", ["2026-12-24", "2026-12-31"])
def test_eves_of_public_holidays_are_eves_from_their_hour(text):
    house = calendar(has_optional_holidays=True, eve_from=time(18))

    assert house.day_at(at(f"{text} 08:00")).day_class == DayClass.WEEKDAY
    assert house.day_at(at(f"{text} 20:00")).day_class == DayClass.HOLIDAY_EVE
