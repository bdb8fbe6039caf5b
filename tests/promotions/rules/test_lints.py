"""What does not fit together in promotions."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from promotions.enums import Holidays
from promotions.rules.coupons import Terms
from promotions.rules.limits import Limits
from promotions.rules.lints import House, Lint, Problem, Subject, problems
from promotions.rules.spans import Window
from tests.promotions.rules.places import FRIDAY, opening, rule, windows
from tests.suites.rules.houses import at, calendar

NOW = at("2026-11-24 15:00")
HOUSE = House("house", calendar(), frozenset({"loft"}), {"2h": 120, "night": None})
OTHER = House("other", calendar(), frozenset({"hidro"}), {"1h": 60})
GOOD = rule(opening("12:00-18:00"), is_automatic=True)
TERMS = Terms("coupon", Limits(UUID(int=1), UUID(int=2)))
BY_CODE = replace(GOOD, is_automatic=False)
OVER = replace(GOOD, windows=windows(ends="2026-11-01 00:00"))
DRAFT = replace(GOOD, is_published=False)


def found(*subjects, houses=(HOUSE,)):
    return [(each.lint, each.key) for each in problems(subjects, houses, at=NOW)]


def without_gaps(*subjects, **fields):
    return [each for each in found(*subjects, **fields) if each[0] != Lint.GAP]


def dates(starts=None, ends=None):
    return Window(at(starts) if starts else None, at(ends) if ends else None)


def test_what_fits_together_is_not_told():
    assert found(Subject(GOOD, pages=(1,))) == []
    assert found(Subject(BY_CODE, (1,), (TERMS,)), Subject(GOOD, (2,))) == []


@pytest.mark.parametrize(
    ("fields", "lint"),
    [
        (
            {
                "windows": windows(
                    opening(days=[FRIDAY]), starts="2026-11-28 00:00", ends="2026-12-04 00:00"
                )
            },
            Lint.NEVER_OPENS,
        ),
        ({"properties": frozenset({"gone"})}, Lint.NEVER_OPENS),
        ({"is_automatic": False}, Lint.NO_WAY_TO_GET),
        ({"budget_centavos": 10_000}, Lint.BUDGET_NOT_KEPT),
        ({"suite_types": frozenset({"loft", "attic"})}, Lint.COVERS_ELSEWHERE),
        ({"stays": frozenset({"1h"})}, Lint.COVERS_ELSEWHERE),
        ({"stays": frozenset({"2h"}), "min_minutes": 180}, Lint.STAYS_TOO_SHORT),
    ],
)
def test_a_rule_that_cannot_work_is_told(fields, lint):
    subject = Subject(replace(GOOD, **fields), (1,))

    assert without_gaps(subject) == [(lint, "rule")]


def test_holidays_that_a_house_does_not_keep_never_come():
    house = replace(HOUSE, calendar=calendar(has_public_holidays=False))
    given = replace(GOOD, windows=windows(opening(holidays=Holidays.ONLY_HOLIDAYS)))

    assert without_gaps(Subject(given, (1,)), houses=[house]) == [(Lint.NEVER_OPENS, "rule")]
    assert without_gaps(Subject(given, (1,)), houses=[house, OTHER]) == []


def test_a_night_may_be_as_long_as_it_is_asked_for():
    given = replace(GOOD, stays=frozenset({"2h", "night"}), min_minutes=180)

    assert found(Subject(given, (1,))) == []


def test_a_rule_that_no_page_tells_of_is_told():
    assert found(Subject(GOOD)) == [(Lint.NO_PAGE, "rule")]


@pytest.mark.parametrize("given", [OVER, DRAFT])
def test_a_page_that_outlives_its_rule_is_told(given):
    assert without_gaps(Subject(given, (1, 2))) == [
        (Lint.PAGE_OUTLIVES_RULE, 1),
        (Lint.PAGE_OUTLIVES_RULE, 2),
    ]


@pytest.mark.parametrize(
    "terms",
    [replace(TERMS, is_published=False), replace(TERMS, dates=dates(ends="2026-11-24 15:00"))],
)
def test_a_page_that_outlives_its_coupons_is_told(terms):
    assert found(Subject(BY_CODE, (1,), (terms,))) == [(Lint.PAGE_OUTLIVES_COUPON, 1)]
    assert found(Subject(BY_CODE, (1,), (terms, TERMS))) == []
    assert found(Subject(GOOD, (1,), (terms,))) == []


def test_a_promotion_whose_coupons_are_over_and_that_has_no_page_is_told():
    over = replace(TERMS, dates=dates(ends="2026-11-24 15:00"))

    assert (Lint.NO_WAY_TO_GET, "rule") in found(Subject(BY_CODE, (), (over,)))
    assert (Lint.NO_WAY_TO_GET, "rule") not in found(Subject(BY_CODE, (), (over, TERMS)))


@pytest.mark.parametrize("given", [OVER, DRAFT])
def test_a_coupon_whose_promotion_has_ended_is_told(given):
    assert without_gaps(Subject(given, (), (TERMS,))) == [(Lint.COUPON_WITHOUT_RULE, "coupon")]


@pytest.mark.parametrize(
    ("fields", "lint"),
    [
        ({"dates": dates(ends="2027-01-01 00:01")}, Lint.COUPON_OUTLIVES_RULE),
        ({"dates": dates(ends="2027-01-01 00:00")}, None),
        ({"dates": dates(starts="2027-01-01 00:00")}, Lint.COUPON_OUTSIDE_RULE),
        ({"properties": frozenset({"other"})}, Lint.COUPON_ELSEWHERE),
        ({"properties": frozenset({"house", "other"})}, None),
    ],
)
def test_a_coupon_that_contradicts_its_promotion_is_told(fields, lint):
    given = replace(
        BY_CODE,
        properties=frozenset({"house"}),
        windows=windows(ends="2027-01-01 00:00"),
    )

    told = without_gaps(Subject(given, (1,), (replace(TERMS, **fields),)))

    assert told == ([(lint, "coupon")] if lint else [])


def test_a_week_without_any_promotion_is_a_gap():
    early = replace(GOOD, windows=windows(ends="2026-11-27 00:00"))
    late = replace(GOOD, windows=windows(starts="2026-12-04 00:00"))

    gaps = list(problems([Subject(early, (1,)), Subject(late, (2,))], [HOUSE], at=NOW))
    later = replace(late, windows=windows(starts="2026-12-03 23:00"))

    assert gaps == [Problem(Lint.GAP, "house", date(2026, 11, 27), date(2026, 12, 3))]
    assert found(Subject(early, (1,)), Subject(later, (2,))) == []


def test_a_house_without_promotions_has_a_month_of_gap():
    only_here = replace(GOOD, properties=frozenset({"house"}))

    (gap,) = problems([Subject(only_here, (1,))], [HOUSE, OTHER], at=NOW)

    assert gap == Problem(Lint.GAP, "other", date(2026, 11, 24), date(2026, 12, 23))
