from dataclasses import replace
from datetime import date, time

import pytest

from suites.enums import DayClass, DayKind
from suites.rules.calendars import OwnDay
from suites.rules.quotes import Item, Quote, Reason, Refusal, quote, quotes
from suites.rules.stays import ClockRange
from tests.suites.rules.houses import (
    FOUR_HOURS,
    NIGHT,
    TWO_HOURS,
    ZONES,
    at,
    calendar,
    cost,
    price,
    tariff,
)

WEEKEND, HOLIDAY, EVE = DayClass.WEEKEND, DayClass.HOLIDAY, DayClass.HOLIDAY_EVE


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("text", "centavos"),
    [
        ("2026-11-27 21:59", None),
        ("2026-11-27 22:00", 300),
        ("2026-11-28 00:30", 300),
        ("2026-11-28 03:59", 300),
        ("2026-11-28 04:00", None),
        ("2026-11-30 00:30", 200),
        ("2026-12-01 00:30", 200),
        ("2027-01-01 00:30", 400),
        ("2027-01-01 22:00", 500),
        ("2027-01-02 01:00", 500),
    ],
)
def test_night_belongs_to_the_day_on_which_it_began(zone, text, centavos):
    house = tariff(
        price(NIGHT, 200),
        price(NIGHT, 300, WEEKEND),
        price(NIGHT, 400, EVE),
        price(NIGHT, 500, HOLIDAY),
        on=calendar(zone, eve_from=time(18)),
    )

    assert cost(house, NIGHT, text) == centavos


def test_period_belongs_to_the_instant_of_arrival():
    house = tariff(price(TWO_HOURS, 100), price(TWO_HOURS, 150, WEEKEND))

    assert cost(house, TWO_HOURS, "2026-11-27 17:59") == 100
    assert cost(house, TWO_HOURS, "2026-11-27 18:00") == 150


@pytest.mark.parametrize(
    ("prices", "text", "centavos"),
    [
        ((WEEKEND,), "2026-12-25 10:00", WEEKEND),
        ((WEEKEND,), "2026-12-24 19:00", WEEKEND),
        ((DayClass.ANY,), "2026-12-25 10:00", DayClass.ANY),
        ((HOLIDAY, WEEKEND, DayClass.ANY), "2026-12-25 10:00", HOLIDAY),
        ((HOLIDAY, DayClass.ANY), "2026-12-24 19:00", DayClass.ANY),
        ((DayClass.WEEKDAY,), "2026-12-25 10:00", None),
        ((DayClass.WEEKDAY, DayClass.ANY), "2026-12-26 10:00", DayClass.ANY),
    ],
)
def test_day_without_a_price_of_its_own_falls_back(prices, text, centavos):
    amounts = {day_class: 100 + number for number, day_class in enumerate(DayClass)}
    found = [price(TWO_HOURS, amounts[day_class], day_class) for day_class in prices]
    house = tariff(*found, on=calendar(eve_from=time(18)))

    assert cost(house, TWO_HOURS, text) == (centavos and amounts[centavos])


def test_special_day_changes_only_the_stays_that_it_prices():
    lovers = OwnDay("lovers", "Dia dos Namorados", 6, 12)
    special = price(NIGHT, 570, DayClass.SPECIAL, special_day="lovers", inclusions=("kit",))
    house = tariff(price(TWO_HOURS, 76), price(NIGHT, 210), special, on=calendar(days=(lovers,)))

    found = quote(house, stay=NIGHT, at=at("2026-06-13 01:00"))
    assert isinstance(found, Quote)
    assert (found.centavos, found.price.inclusions) == (570, ("kit",))
    assert (found.day.day_class, found.day.reason) == (DayClass.SPECIAL, "Dia dos Namorados")
    assert cost(house, NIGHT, "2026-06-12 01:00") == 210
    assert cost(house, NIGHT, "2026-06-13 22:00") == 210
    assert cost(house, TWO_HOURS, "2026-06-12 12:00") == 76


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("stay", "text", "centavos"),
    [
        (TWO_HOURS, "2027-12-24 17:59", 100),
        (TWO_HOURS, "2027-12-24 18:00", 400),
        (TWO_HOURS, "2027-12-24 20:00", 900),
        (TWO_HOURS, "2027-12-25 01:59", 300),  # the holiday, which has no price of its own
        (NIGHT, "2027-12-24 22:00", 900),
        (NIGHT, "2027-12-25 01:59", 900),
        (NIGHT, "2027-12-25 02:00", 400),
        (NIGHT, "2027-12-25 03:59", 400),
        (NIGHT, "2027-12-25 04:00", None),
        (NIGHT, "2027-12-25 22:00", 300),
    ],
)
def test_special_day_on_the_eve_of_a_holiday_at_the_weekend(zone, stay, text, centavos):
    """24 December 2027 is a Friday; its own prices are for those who come from 20:00 to 2:00."""
    party = OwnDay("party", "Véspera de Natal", 12, 24)
    late = ClockRange(time(20), time(2))
    prices = [
        each
        for one in (TWO_HOURS, NIGHT)
        for each in (
            price(one, 100),
            price(one, 300, WEEKEND),
            price(one, 400, EVE),
            price(one, 900, DayClass.SPECIAL, special_day="party", arrives=late),
        )
    ]
    house = tariff(*prices, on=calendar(zone, days=(party,), eve_from=time(18)))

    assert cost(house, stay, text) == centavos


@pytest.mark.parametrize(
    ("latest", "text", "is_let_in"),
    [
        (time(12), "2026-11-26 11:59", True),
        (time(12), "2026-11-26 12:00", False),
        (time(22), "2026-11-26 21:59", True),  # a window of a whole day
        (time(0), "2026-11-25 23:59", True),
        (time(0), "2026-11-26 00:00", False),
        (None, "2026-11-26 11:59", True),
    ],
)
def test_nobody_enters_from_the_latest_entry_on(latest, text, is_let_in):
    ends_at = time(22) if latest == time(22) else time(12)
    night = replace(NIGHT, latest_entry_at=latest, ends_at=ends_at)
    house = tariff(price(night, 200), stays=(night,))

    assert (cost(house, night, text) == 200) is is_let_in


def test_arrival_decides_among_prices_of_one_day():
    day, night = ClockRange(time(6), time(18)), ClockRange(time(22), time(2))
    house = tariff(
        price(TWO_HOURS, 80, arrives=day),
        price(TWO_HOURS, 120, arrives=night),
        price(TWO_HOURS, 100),
    )

    found = [
        cost(house, TWO_HOURS, f"2026-11-25 {clock}")
        for clock in ("05:59", "06:00", "17:59", "18:00", "22:00", "01:59", "02:00")
    ]
    assert found == [100, 80, 80, 100, 120, 120, 100]


def test_price_changes_from_a_date_on_and_the_old_one_is_still_answered():
    house = tariff(
        price(NIGHT, 200),
        price(NIGHT, 250, valid_from=date(2026, 12, 1)),
        price(NIGHT, 260, valid_from=date(2027, 1, 1)),
    )

    assert cost(house, NIGHT, "2026-12-01 03:00") == 200  # the night of 30 November
    assert cost(house, NIGHT, "2026-12-01 22:00") == 250
    assert cost(house, NIGHT, "2027-01-01 03:00") == 250
    assert cost(house, NIGHT, "2027-01-01 22:00") == 260


def test_price_that_only_begins_later_is_not_sold_before():
    house = tariff(price(NIGHT, 250, valid_from=date(2026, 12, 1)))

    assert cost(house, NIGHT, "2026-11-30 23:00") is None


def test_quote_tells_what_it_is_made_of_and_when_to_leave():
    house = tariff(
        price(TWO_HOURS, 10000),
        extra_hour_centavos=3000,
        extra_person_centavos=2500,
        capacity=4,
    )

    found = quote(house, stay=TWO_HOURS, at=at("2026-11-25 23:30"), people=4, extra_hours=2)

    assert isinstance(found, Quote)
    assert [(line.item, line.count, line.unit) for line in found.lines] == [
        (Item.STAY, 1, 10000),
        (Item.EXTRA_HOUR, 2, 3000),
        (Item.EXTRA_PERSON, 2, 2500),
    ]
    assert found.centavos == 21000
    assert found.ends_at == at("2026-11-26 03:30")
    assert found.leaves_by == at("2026-11-26 03:40")


@pytest.mark.parametrize(
    ("stay", "asked", "reason"),
    [
        (TWO_HOURS, {"people": 3}, Reason.TOO_MANY_PEOPLE),
        (TWO_HOURS, {"extra_hours": 1}, Reason.NO_EXTRA_HOUR),
        (NIGHT, {}, Reason.SHUT),
        (FOUR_HOURS, {}, Reason.NO_PRICE),
    ],
)
def test_refusal_has_a_reason(stay, asked, reason):
    house = tariff(price(TWO_HOURS, 100), price(NIGHT, 200))

    found = quote(house, stay=stay, at=at("2026-11-25 12:00"), **asked)

    assert isinstance(found, Refusal)
    assert found.reason == reason


def test_refusal_says_when_a_window_opens_and_closes():
    house = tariff(price(NIGHT, 200))

    found = quote(house, stay=NIGHT, at=at("2026-11-25 12:00"))

    assert isinstance(found, Refusal)
    assert found.opens_at == at("2026-11-25 22:00")
    assert found.closes_at == at("2026-11-26 04:00")


def test_refusal_says_when_the_weekend_comes():
    house = tariff(price(TWO_HOURS, 200, WEEKEND), on=calendar(has_public_holidays=False))

    found = quote(house, stay=TWO_HOURS, at=at("2026-11-25 12:00"))

    assert isinstance(found, Refusal)
    assert (found.opens_at, found.closes_at) == (at("2026-11-27 18:00"), at("2026-11-29 18:00"))


def test_nothing_is_sold_on_a_closed_day_but_the_night_before_it():
    closed = OwnDay("closed", "Reforma", 11, 25, 2026, DayKind.CLOSED)
    house = tariff(price(TWO_HOURS, 100), price(NIGHT, 200), on=calendar(days=(closed,)))

    found = quote(house, stay=TWO_HOURS, at=at("2026-11-25 12:00"))

    assert isinstance(found, Refusal)
    assert (found.reason, found.opens_at) == (Reason.CLOSED_DAY, at("2026-11-26 00:00"))
    assert cost(house, NIGHT, "2026-11-25 01:00") == 200
    assert quotes(house, at=at("2026-11-25 23:00")) == []


def test_clocks_that_are_moved_shorten_nothing():
    zone = "America/Sao_Paulo"  # 4 November 2018: midnight became 1 o'clock
    house = tariff(price(TWO_HOURS, 100), price(NIGHT, 200), on=calendar(zone))
    arrival = at("2018-11-03 23:30", zone)

    two, night = quotes(house, at=arrival)

    assert (two.ends_at.timestamp() - arrival.timestamp()) == 2 * 3600
    assert night.ends_at.astimezone(house.calendar.zone).isoformat() == "2018-11-04T12:00:00-02:00"
    assert (night.ends_at.timestamp() - arrival.timestamp()) == 11.5 * 3600


@pytest.mark.parametrize(("people", "centavos"), [(1, 9800), (3, 9800), (4, 12300)])
def test_only_people_beyond_those_in_the_price_cost_more(people, centavos):
    house = tariff(price(TWO_HOURS, 9800), extra_person_centavos=2500, people=3, capacity=4)

    assert cost(house, TWO_HOURS, "2026-11-25 23:30", people=people) == centavos


def test_a_room_for_one_is_sold_to_one():
    house = tariff(price(TWO_HOURS, 9800), people=1, capacity=1)

    assert [each.centavos for each in quotes(house, at=at("2026-11-25 23:30"))] == [9800]
