import pytest

from suites.rules.bargains import cheapest
from tests.suites.rules.houses import FOUR_HOURS, NIGHT, TWO_HOURS, at, price, tariff


@pytest.mark.parametrize(
    ("text", "minutes", "stay", "centavos"),
    [
        ("2026-11-25 12:00", 60, "2h", 100),
        ("2026-11-25 12:00", 120, "2h", 100),
        ("2026-11-25 12:00", 121, "2h", 130),
        ("2026-11-25 12:00", 240, "4h", 150),
        ("2026-11-25 12:00", 300, "4h", 180),
        ("2026-11-25 23:00", 300, "4h", 180),
        ("2026-11-25 23:00", 480, "night", 210),
        ("2026-11-26 03:30", 480, "night", 210),
        ("2026-11-26 04:00", 480, "4h", 270),
    ],
)
def test_cheapest_way_to_stay(text, minutes, stay, centavos):
    house = tariff(
        price(TWO_HOURS, 100), price(FOUR_HOURS, 150), price(NIGHT, 210), extra_hour_centavos=30
    )

    found = cheapest(house, minutes=minutes, at=at(text))

    assert found is not None
    assert (found.stay.key, found.centavos) == (stay, centavos)


def test_nothing_reaches_far_enough_without_extra_hours():
    house = tariff(price(TWO_HOURS, 100))

    assert cheapest(house, minutes=121, at=at("2026-11-25 12:00")) is None


def test_longer_stay_wins_at_the_same_price():
    house = tariff(price(TWO_HOURS, 100), price(FOUR_HOURS, 100))

    found = cheapest(house, minutes=60, at=at("2026-11-25 12:00"))

    assert found is not None
    assert found.stay == FOUR_HOURS
