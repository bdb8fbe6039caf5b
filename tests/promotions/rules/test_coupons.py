"""What coupons ask for beside their promotions."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from promotions.rules.coupons import Terms, code_ends_at, coupon_reasons
from promotions.rules.eligibility import Finding, Reason
from promotions.rules.limits import Limits
from promotions.rules.spans import Window
from tests.promotions.rules.places import HOUSE, case
from tests.suites.rules.houses import at

NOON = at("2026-11-24 12:00")
DAY = timedelta(days=1)
TERMS = Terms("coupon", Limits(UUID(int=1), UUID(int=2)), Window(NOON, NOON + 9 * DAY))


def found(terms, when, **fields):
    return [each.reason for each in coupon_reasons(terms, case(at=when), **fields)]


def test_a_coupon_holds_within_its_dates():
    assert found(TERMS, NOON) == []
    assert found(TERMS, NOON + 9 * DAY) == [Reason.EXPIRED]
    assert coupon_reasons(TERMS, case(at=NOON - DAY)) == (
        Finding(Reason.NOT_STARTED, "coupon", next_valid=TERMS.dates),
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"is_published": False}, Reason.DISABLED),
        ({"properties": frozenset({"elsewhere"})}, Reason.WRONG_PROPERTY),
        ({"properties": frozenset({"elsewhere", HOUSE})}, None),
    ],
)
def test_each_condition_has_its_reason(fields, reason):
    assert found(replace(TERMS, **fields), NOON) == ([reason] if reason else [])


def test_a_code_may_end_before_its_coupon():
    assert found(TERMS, NOON + DAY, code_ends_at=NOON + DAY) == [Reason.EXPIRED]
    assert found(TERMS, NOON, code_ends_at=NOON + DAY) == []


@pytest.mark.parametrize(
    ("minutes", "revealed", "ends"),
    [
        (None, NOON, NOON + 9 * DAY),
        (60, NOON, NOON + timedelta(hours=1)),
        (1440, NOON + 8.5 * DAY, NOON + 9 * DAY),
    ],
)
def test_a_code_ends_some_time_after_it_was_revealed_at_most(minutes, revealed, ends):
    terms = replace(TERMS, minutes_after_reveal=minutes)

    assert code_ends_at(terms, revealed_at=revealed) == ends


def test_a_coupon_without_an_end_has_codes_without_one():
    assert code_ends_at(replace(TERMS, dates=Window()), revealed_at=NOON) is None
