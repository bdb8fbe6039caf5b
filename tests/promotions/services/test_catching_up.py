"""A limit that is set late counts what was used before."""

from datetime import timedelta

import pytest

from promotions import services
from promotions.models import Coupon, CouponUse, Meter, PromotionRule
from promotions.services import Refused, Request, Taken
from tests.factories.coupons import NOON, PERSONS, ask_for, make_coupon, make_rule
from tests.promotions.spending.counting import mistakes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _adds_up(motel, monkeypatch):
    """Have limits of 12 be spread already; count everything anew in the end."""
    monkeypatch.setattr("promotions.spending.wants.SPREAD_FROM", 12)
    yield
    assert mistakes() == {}


@pytest.fixture
def uses(motel) -> list[services.UseFacts]:
    """Return five uses of a coupon without a limit, the last of them cancelled."""
    make_coupon(make_rule())
    taken = [services.hold(ask_for(motel), Request(str(number))) for number in range(5)]
    services.cancel(taken[4].use.id, Request("x"), at=NOON)
    services.commit(taken[0].use.id, Request("c"), at=NOON)
    return [each.use for each in taken]


def set_limits(**limits: int) -> int:
    coupon = Coupon.objects.get(code="TERCA10")
    Coupon.objects.update(**limits)
    return services.count_earlier_uses(coupon_id=coupon.pk)


def more(motel, **fields: object) -> int:
    """Return how many more uses there are until one is refused."""
    for number in range(999):
        answer = services.redeem(ask_for(motel, **fields), Request(f"more{number}"))
        if isinstance(answer, Refused):
            return number
    raise AssertionError


@pytest.mark.parametrize(
    ("limits", "rest"),
    [
        ({"limit": 6}, 2),
        ({"limit": 3}, 0),
        ({"limit": 15}, 11),
        ({"limit_per_property": 6, "limit_per_day": 5}, 1),
        ({"limit_per_code": 4}, 0),
        ({"budget_centavos": 6999}, 2),
    ],
)
def test_what_was_used_before_counts(motel, uses, limits, rest):
    assert set_limits(**limits) == 4
    assert set_limits(**limits) == 0

    assert more(motel) == rest


def test_what_was_used_before_is_given_back_as_well(motel, uses):
    set_limits(limit=4)
    services.cancel(uses[1].id, Request("y"), at=NOON)
    services.reverse(uses[0].id, Request("r"), at=NOON)

    assert more(motel) == 2


def test_a_promotions_budget_counts_too(motel, uses):
    PromotionRule.objects.update(budget_centavos=5000)
    set_limits()

    assert more(motel) == 1


def test_a_limit_that_was_away_for_a_while_counts_what_happened_meanwhile(motel):
    make_coupon(make_rule(), limit=15)
    for number in range(3):
        services.redeem(ask_for(motel), Request(f"first{number}"))
    Coupon.objects.update(limit=None)
    for number in range(4):
        services.redeem(ask_for(motel), Request(f"without{number}"))

    assert set_limits(limit=15) == 4
    assert more(motel) == 8


def test_people_count_who_were_asked_and_others_cannot(motel):
    make_coupon(make_rule(), identifier="cpf")
    for number, person in enumerate((PERSONS[0], PERSONS[0], PERSONS[1])):
        answer = services.redeem(ask_for(motel, holder=person), Request(str(number)))
        assert isinstance(answer, Taken)
    CouponUse.objects.filter(pk=Request("2").id("redeem")).update(subject_id=None)

    assert set_limits(limit_per_identifier=2, limit=99) == 3
    assert more(motel, holder=PERSONS[0]) == 0
    assert more(motel, holder=PERSONS[1], at=NOON + timedelta(days=1)) == 2
    assert sum(meter.taken for meter in Meter.objects.filter(key="all")) == 5
