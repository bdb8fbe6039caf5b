from datetime import date

import pytest

from suites.enums import DayClass
from suites.rules.calendars import OwnDay
from suites.rules.changes import next_change
from tests.suites.rules.houses import NIGHT, TWO_HOURS, ZONES, at, price, tariff
from tests.suites.rules.houses import calendar as of

SAME_ALWAYS = price(TWO_HOURS, 100)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("after", "change"),
    [
        ("2026-11-25 12:00", "2026-11-25 22:00"),
        ("2026-11-25 22:00", "2026-11-26 04:00"),
        ("2026-11-27 12:00", "2026-11-27 22:00"),
        ("2026-11-30 23:59", "2026-12-01 04:00"),  # the night is still November's
        ("2026-12-01 21:59", "2026-12-01 22:00"),
    ],
)
def test_next_change_is_the_next_turn_that_is_seen(zone, after, change):
    house = tariff(
        SAME_ALWAYS,
        price(NIGHT, 200),
        price(NIGHT, 210, valid_from=date(2026, 12, 1)),
        on=of(zone),
    )

    assert next_change([house], after=at(after, zone)) == at(change, zone)


def test_nothing_changes_where_one_price_is_for_always():
    house = tariff(SAME_ALWAYS, stays=(TWO_HOURS,), on=of(has_public_holidays=False))

    assert next_change([house], after=at("2026-11-25 12:00")) is None
    assert next_change([], after=at("2026-11-25 12:00")) is None


def test_weekend_is_a_change_where_it_has_a_price():
    weekend = price(TWO_HOURS, 120, DayClass.WEEKEND)
    house = tariff(SAME_ALWAYS, weekend, stays=(TWO_HOURS,))

    assert next_change([house], after=at("2026-11-25 12:00")) == at("2026-11-27 18:00")


def test_a_special_day_that_passes_changes_nothing_for_other_stays():
    lovers = OwnDay("lovers", "Dia dos Namorados", 6, 12)
    special = price(NIGHT, 570, DayClass.SPECIAL, special_day="lovers")
    house = tariff(SAME_ALWAYS, price(NIGHT, 200), special, on=of(days=(lovers,)))

    assert next_change([house], after=at("2026-06-12 23:00")) == at("2026-06-13 04:00")


def test_what_is_given_changes_too_and_only_when_it_does():
    house = tariff(SAME_ALWAYS, stays=(TWO_HOURS,), on=of(has_public_holidays=False))
    noon, one, two = at("2026-11-25 12:00"), at("2026-11-25 13:00"), at("2026-11-25 14:00")

    def given(_tariff, quote):
        return quote.arrives_at == two

    assert next_change([house], after=noon, also=[one, two], given=given) == two
    assert next_change([house], after=noon, also=[one], given=given) is None


def test_an_instant_at_which_many_things_turn_is_looked_at_once():
    house = tariff(SAME_ALWAYS, stays=(TWO_HOURS,), on=of(has_public_holidays=False))
    noon, one = at("2026-11-25 12:00"), at("2026-11-25 13:00")
    asked = []

    def given(_tariff, quote):
        asked.append(quote.arrives_at)

    next_change([house], after=noon, also=[one, one, one], given=given)
    assert asked.count(one) == 1


def test_what_is_given_is_not_looked_at_beyond_the_horizon():
    house = tariff(SAME_ALWAYS, stays=(TWO_HOURS,), on=of(has_public_holidays=False))
    noon, later = at("2026-11-25 12:00"), at("2026-12-25 12:00")

    def given(_tariff, quote):
        return quote.arrives_at >= later

    assert next_change([house], after=noon, also=[later], given=given) is None
