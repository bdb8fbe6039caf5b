from datetime import date, time

import pytest

from suites.enums import DayClass
from suites.rules.calendars import OwnDay
from suites.rules.stays import ClockRange
from suites.rules.tables import price_table
from tests.suites.rules.houses import NIGHT, TWO_HOURS, calendar, price, tariff

ON = date(2026, 11, 25)
ANY, WEEKDAY, WEEKEND, HOLIDAY = (
    DayClass.ANY,
    DayClass.WEEKDAY,
    DayClass.WEEKEND,
    DayClass.HOLIDAY,
)


def cells(table):
    return [[[p.centavos for p in cell] for cell in row.cells] for row in table.rows]


def test_prices_of_all_days_are_one_column():
    table = price_table(tariff(price(TWO_HOURS, 76), price(NIGHT, 210)), on=ON)

    assert table.day_classes == (ANY,)
    assert cells(table) == [[[76]], [[210]]]


def test_columns_tell_what_counts_on_them():
    house = tariff(price(TWO_HOURS, 76), price(NIGHT, 210, WEEKDAY), price(NIGHT, 250, HOLIDAY))

    table = price_table(house, on=ON)

    assert table.day_classes == (WEEKDAY, WEEKEND, HOLIDAY)
    assert cells(table) == [[[76], [76], [76]], [[210], [], [250]]]


def test_cell_lists_arrivals_and_what_counts_at_other_times():
    early = ClockRange(time(6), time(18))
    house = tariff(
        price(TWO_HOURS, 80),
        price(TWO_HOURS, 90, WEEKEND, arrives=early),
        price(NIGHT, 210, WEEKEND),
    )

    table = price_table(house, on=ON)

    assert cells(table)[0] == [[80], [90, 80]]


def test_special_days_are_set_apart_in_the_order_of_their_coming():
    lovers, past = OwnDay("l", "Namorados", 6, 12), OwnDay("p", "Passada", 1, 1, 2026)
    party = OwnDay("f", "Festa", 11, 30)
    house = tariff(
        price(TWO_HOURS, 76),
        *(price(NIGHT, 500, DayClass.SPECIAL, special_day=key) for key in ("l", "p", "f")),
        on=calendar(days=(lovers, past, party)),
    )

    table = price_table(house, on=ON)

    assert [(s.day.name, s.date) for s in table.specials] == [
        ("Festa", date(2026, 11, 30)),
        ("Namorados", date(2027, 6, 12)),
    ]


def test_table_says_until_when_its_prices_stand():
    house = tariff(price(NIGHT, 200), price(NIGHT, 250, valid_from=date(2026, 12, 1)))

    now, later = price_table(house, on=ON), price_table(house, on=date(2026, 12, 1))

    assert (cells(now), now.valid_until) == ([[[200]]], date(2026, 11, 30))
    assert (cells(later), later.valid_until) == ([[[250]]], None)


@pytest.mark.parametrize(
    ("prices", "lowest"),
    [
        ([], None),
        ([(ANY, 7600), (ANY, 9650)], 7600),
        ([(WEEKDAY, 9000), (WEEKEND, 7000)], 9000),
        ([(WEEKEND, 7000), (HOLIDAY, 8000)], 7000),
    ],
)
def test_starting_price_is_the_lowest_of_ordinary_days(prices, lowest):
    stays = (TWO_HOURS, NIGHT)
    house = tariff(
        *(price(stay, c, d) for stay, (d, c) in zip(stays, prices, strict=False)), stays=stays
    )

    assert price_table(house, on=ON).starting_price == lowest


def test_starting_price_is_never_that_of_a_special_day():
    house = tariff(
        price(NIGHT, 100, DayClass.SPECIAL, special_day="l"),
        on=calendar(days=(OwnDay("l", "Namorados", 6, 12),)),
    )

    assert price_table(house, on=ON).starting_price is None
