"""Which meters a use of a coupon wants."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from promotions.enums import Scope
from promotions.rules.limits import Limits, PersonUnknown, Use, Want, wants

COUPON, RULE, CODE, HOUSE, PERSON = (UUID(int=number) for number in range(1, 6))
NONE = Limits(COUPON, RULE)
USE = Use(CODE, HOUSE, date(2026, 11, 27), 1_500, PERSON)


def test_no_limits_want_nothing():
    assert wants(NONE, USE) == ()


@pytest.mark.parametrize(
    ("limit", "want"),
    [
        ("total", Want(COUPON, "all", 1, 7, is_shared=True)),
        ("per_property", Want(COUPON, f"property:{HOUSE}", 1, 7, is_shared=True)),
        ("per_day", Want(COUPON, "day:2026-11-27", 1, 7, is_shared=True)),
        ("per_week", Want(COUPON, "week:2026-W48", 1, 7, is_shared=True)),
        ("per_month", Want(COUPON, "month:2026-11", 1, 7, is_shared=True)),
        ("per_code", Want(COUPON, f"code:{CODE}", 1, 7)),
        ("per_person", Want(COUPON, f"person:{PERSON}", 1, 7)),
        ("budget", Want(COUPON, "budget", 1_500, 7)),
        ("rule_budget", Want(RULE, "budget", 1_500, 7)),
    ],
)
def test_each_limit_has_its_meter(limit, want):
    assert wants(replace(NONE, **{limit: 7}), USE) == (want,)


def test_a_person_is_counted_in_each_property_where_the_coupon_says_so():
    limits = replace(NONE, per_person=1, person_scope=Scope.PROPERTY)

    assert [each.key for each in wants(limits, USE)] == [f"person:{PERSON}:{HOUSE}"]


def test_who_counts_persons_must_know_one():
    with pytest.raises(PersonUnknown):
        wants(replace(NONE, per_person=1), replace(USE, subject_id=None))


def test_a_discount_of_nothing_takes_nothing_of_a_budget():
    assert wants(replace(NONE, budget=7, rule_budget=7), replace(USE, discount_centavos=0)) == ()


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 29), "week:2026-W48"),  # Sunday
        (date(2026, 11, 30), "week:2026-W49"),  # Monday
        (date(2027, 1, 3), "week:2026-W53"),
        (date(2024, 12, 30), "week:2025-W01"),
    ],
)
def test_weeks_begin_on_monday(day, week):
    (want,) = wants(replace(NONE, per_week=1), replace(USE, day=day))

    assert want.key == week
