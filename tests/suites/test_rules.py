import pytest

from suites.enums import DayClass
from suites.rules import starting_price


@pytest.mark.parametrize(
    ("prices", "lowest"),
    [
        ([], None),
        ([(DayClass.ANY, 7600), (DayClass.ANY, 9650)], 7600),
        ([(DayClass.WEEKDAY, 9000), (DayClass.WEEKEND, 7000)], 9000),
        ([(DayClass.WEEKEND, 7000), (DayClass.HOLIDAY, 8000)], 7000),
        ([(DayClass.ANY, 7600), (DayClass.SPECIAL, 100)], 7600),
        ([(DayClass.SPECIAL, 57000)], None),
    ],
)
def test_starting_price_is_the_lowest_of_ordinary_days(prices, lowest):
    assert starting_price(prices) == lowest
