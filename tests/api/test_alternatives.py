"""What else guests could have whose code does not hold."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from promotions.models import CouponCode, PromotionRuleStay
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.api.calling import post, problem
from tests.factories.coupons import make_coupon, make_rule
from tests.factories.promotions import a_stay

pytestmark = pytest.mark.django_db

NIGHT = "2026-06-12T23:00:00-03:00"
"""Of lovers: the one on which a night is sold."""
SHORT = {"suite_type": "loft", "period": "2h"}
LONG = {"suite_type": "loft", "period": "pernoite"}


@pytest.fixture
def coupon(lua):
    """Return R$ 10 off the night, once."""
    with tenant_scope(lua):
        rule = make_rule()
        night = a_stay(Property.objects.get(slug="lua"), "pernoite")
        PromotionRuleStay.objects.create(rule=rule, stay=night)
        return make_coupon(rule, "NOITE10", limit=1)


def ask(stay=SHORT, at=NIGHT, code="noite10"):
    return post("coupons/validate", {"code": code, "at": at, "stay": stay})


def test_another_stay_for_which_the_code_holds_is_told_with_its_price(coupon):
    said = ask().json()

    assert [each["code"] for each in said["reasons"]] == ["PERIOD_NOT_ELIGIBLE"]
    (other,) = said["alternatives"]
    assert (other["automatic"], other["promotion_id"]) == (False, str(coupon.rule_id))
    stay = other["stay"]
    assert (stay["suite_type"], stay["suite"], stay["period"]) == ("loft", "Loft", "pernoite")
    assert stay["price"]["minor"] - stay["total"]["minor"] == 1000
    assert ask(LONG).json()["total"] == stay["total"]


def test_a_stay_that_is_not_sold_then_is_none(coupon):
    assert ask(at="2026-06-09T12:00:00-03:00").json()["alternatives"] == []


def test_a_code_that_is_used_up_holds_for_no_stay(coupon):
    body = {"code": "noite10", "stay": LONG}
    with_key = {"idempotency_key": "0b9d6a8e-5c1f-4c55-9a43-2f6f5d1a7c11"}
    assert ask().json()["alternatives"]

    with time_machine.travel(NIGHT, tick=False):
        assert post("coupons/reservations", body, **with_key).status_code == 201
        assert ask().json()["alternatives"] == []


def test_a_reservation_that_is_refused_tells_it_too(coupon):
    with time_machine.travel(NIGHT, tick=False):
        key = {"idempotency_key": "c9b7a1de-33c1-4f0e-8a34-90b1c2d3e4f5"}
        answer = post("coupons/reservations", {"code": "noite10", "stay": SHORT}, **key)

    assert problem(answer) == (409, "coupon_refused")
    assert [each["stay"]["period"] for each in answer.json()["alternatives"]] == ["pernoite"]


def test_of_a_secret_code_no_stay_is_told(lua, coupon):
    with tenant_scope(lua):
        CouponCode.objects.update(disabled_at=NIGHT)

    assert ask().content == ask(code="nada").content


def test_it_costs_what_asking_of_the_code_again_does(coupon):
    """In a test's transaction nothing is kept, so that this is all that a code costs."""
    ask()

    def cost(stay) -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(stay)
        return len(queries)

    assert cost(SHORT) < 2 * cost(LONG)
