"""Why promotions don't hold."""

from dataclasses import replace
from datetime import timedelta

import pytest

from promotions.enums import Holidays, Stacking
from promotions.rules.eligibility import (
    Check,
    Finding,
    Reason,
    evaluated,
    holds,
    reasons,
    why_shut,
)
from promotions.rules.spans import Window
from promotions.rules.stacking import Lane
from tests.promotions.rules.places import (
    FRIDAY,
    HOUSE,
    MON_TO_THU,
    THURSDAY,
    case,
    opening,
    rule,
    windows,
)
from tests.suites.rules.houses import at, calendar

LUNCH = opening("12:00-18:00", MON_TO_THU, holidays=Holidays.EXCEPT_BOTH)
SPAN = Window(at("2026-11-24 12:00"), at("2026-11-24 18:00"))


def found(given, asked):
    against = [each.reason for each in reasons(given, asked)]
    assert holds(given, asked) != bool(against)
    return against


def test_what_sets_no_conditions_always_holds():
    assert reasons(rule(), case()) == ()
    assert evaluated(rule(), case()) == (Check.PUBLISHED,)


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2026-11-24 15:00", None),
        ("2026-11-24 11:59", Reason.OUTSIDE_HOUR_WINDOW),
        ("2026-11-24 18:00", Reason.OUTSIDE_HOUR_WINDOW),
        ("2026-11-27 15:00", Reason.OUTSIDE_WEEKDAY),
        ("2026-12-24 15:00", Reason.HOLIDAY_EXCLUDED),  # Thursday, an eve
        ("2026-12-25 15:00", Reason.OUTSIDE_WEEKDAY),
        ("2026-09-07 15:00", Reason.HOLIDAY_EXCLUDED),  # Monday
        ("2026-08-31 15:00", Reason.NOT_STARTED),
        ("2027-01-01 00:00", Reason.EXPIRED),
    ],
)
def test_windows_say_why_they_are_shut(when, reason):
    given = windows(LUNCH, starts="2026-09-01 00:00", ends="2027-01-01 00:00")

    assert why_shut(given, calendar(), at(when)) == reason


def test_of_two_openings_the_nearest_says_why():
    given = windows(LUNCH, opening("20:00-23:00", [THURSDAY, FRIDAY]))

    assert why_shut(given, calendar(), at("2026-12-24 15:00")) == Reason.OUTSIDE_HOUR_WINDOW


def test_a_refusal_says_when_the_promotion_holds_next():
    assert reasons(rule(LUNCH), case("2026-11-24 09:00")) == (
        Finding(Reason.OUTSIDE_HOUR_WINDOW, "rule", next_valid=SPAN),
    )


def test_what_is_over_does_not_come_again():
    given = rule(windows=windows(LUNCH, ends="2026-11-24 10:00"))

    assert reasons(given, case("2026-11-24 15:00")) == (Finding(Reason.EXPIRED, "rule"),)


def test_windows_count_for_the_arrival():
    asked = case("2026-11-24 09:00", arrival=at("2026-11-24 12:00"))

    assert found(rule(LUNCH), asked) == []


@pytest.mark.parametrize(
    ("fields", "asked", "reason", "check"),
    [
        ({"is_published": False}, {}, Reason.DISABLED, Check.PUBLISHED),
        (
            {"properties": frozenset({HOUSE})},
            {"property_id": 9},
            Reason.WRONG_PROPERTY,
            Check.PROPERTY,
        ),
        (
            {"suite_types": frozenset({"loft"})},
            {"suite_type": "hidro"},
            Reason.SUITE_NOT_ELIGIBLE,
            Check.SUITE,
        ),
        (
            {"stays": frozenset({"2h"})},
            {"stay": "4h"},
            Reason.PERIOD_NOT_ELIGIBLE,
            Check.PERIOD,
        ),
        ({"min_minutes": 120}, {"minutes": 119}, Reason.PERIOD_NOT_ELIGIBLE, Check.MIN_STAY),
        ({"min_centavos": 9_000}, {"centavos": 8_999}, Reason.MIN_SPEND, Check.MIN_SPEND),
        (
            {},
            {"applied": (Lane(Stacking.FREE),)},
            Reason.NOT_COMBINABLE,
            Check.COMBINATION,
        ),
    ],
)
def test_each_condition_has_its_reason(fields, asked, reason, check):
    given, wanted = rule(**fields), case(**asked)

    assert reasons(given, wanted) == (Finding(reason, "rule"),)
    assert check in evaluated(given, wanted)


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"properties": frozenset({HOUSE})}, {}),
        ({"suite_types": frozenset({"loft"})}, {"suite_type": "loft"}),
        ({"stays": frozenset({"2h"})}, {"stay": "2h"}),
        ({"min_minutes": 120}, {"minutes": 120}),
        ({"min_centavos": 9_000}, {"centavos": 9_000}),
        ({"min_centavos": 0}, {"centavos": 0}),
        ({"lane": Lane(Stacking.FREE)}, {"applied": (Lane(Stacking.FREE),)}),
    ],
)
def test_a_condition_that_is_met_says_nothing(fields, asked):
    assert reasons(rule(**fields), case(**asked)) == ()


def test_what_is_not_known_is_not_asked():
    given = rule(suite_types=frozenset({"loft"}), stays=frozenset({"2h"}), min_centavos=1)

    assert reasons(given, case()) == ()
    assert evaluated(given, case()) == (Check.PUBLISHED,)


@pytest.mark.parametrize(
    ("ahead", "is_refused"),
    [(0, True), (59, True), (60, False), (1440, False), (1441, True)],
)
def test_the_time_between_booking_and_arrival_has_bounds(ahead, is_refused):
    given = rule(lead_minutes=60, lead_minutes_max=1440)
    now = at("2026-11-24 15:00")

    asked = case(at=now, arrival=now + timedelta(minutes=ahead))

    assert found(given, asked) == ([Reason.LEAD_TIME] if is_refused else [])


def test_the_next_time_leaves_the_notice_that_is_asked_for():
    given = rule(LUNCH, lead_minutes=120)

    (finding,) = reasons(given, case("2026-11-24 13:00"))

    assert finding.next_valid == replace(SPAN, starts_at=at("2026-11-24 15:00"))


def test_all_reasons_are_told_at_once():
    given = rule(LUNCH, is_published=False, properties=frozenset({1}), min_centavos=10)

    asked = case("2026-11-27 15:00", property_id=2, centavos=9)

    assert found(given, asked) == [
        Reason.DISABLED,
        Reason.WRONG_PROPERTY,
        Reason.OUTSIDE_WEEKDAY,
        Reason.MIN_SPEND,
    ]
