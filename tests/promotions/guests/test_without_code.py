"""What guests pay has the promotions that need no code, beside a coupon and without one."""

from datetime import timedelta

import pytest

from promotions.enums import BookingState, Stacking
from promotions.models import BookingIntent, PromotionRule
from promotions.services import booking
from promotions.services.booking import Answerer
from tests.api.calling import NOON, post
from tests.factories.promotions import make_rule

pytestmark = pytest.mark.django_db

STAY = {"suite_type": "loft", "period": "2h"}
"""R$ 76, of which `shared` takes a fifth: R$ 15,20."""
KEY = {"idempotency_key": "0b9d6a8e-5c1f-4c55-9a43-2f6f5d1a7c11"}
BY = Answerer("device:balcao")
CODE = {"code": "brinde-20"}


def book(**more: object):
    answer = post("bookings", {"stay": STAY, **more})
    assert answer.status_code == 201, answer.content
    return answer.json()


def verdict(**more: object):
    return post("coupons/validate", {**CODE, "stay": STAY, **more}).json()


def reserve():
    answer = post("coupons/reservations", {**CODE, "stay": STAY}, **KEY)
    assert answer.status_code == 201, answer.content
    return answer.json()


def minor(said, *names: str) -> tuple[int, ...]:
    return tuple(said[name]["minor"] for name in names)


@pytest.fixture
def always(motel):
    """Return a maker of promotions without a code, which go with others."""

    def make(percent: int = 10, stacking: Stacking = Stacking.FREE, **fields) -> PromotionRule:
        named = {"percent": percent, "stacking": stacking, "is_automatic": True}
        return make_rule("sempre", **named, **fields)

    return make


@pytest.fixture
def free(shared):
    """Return a coupon that goes with other promotions."""
    PromotionRule.objects.filter(pk=shared.rule_id).update(stacking=Stacking.FREE)
    return shared


def test_a_booking_without_a_code_has_them(motel, always):
    always()

    assert minor(book(), "price", "discount", "total") == (7600, 760, 6840)


def test_how_long_before_a_wish_is_said_counts(motel, always):
    always(lead_minutes=120)
    later = {**STAY, "arrival": (NOON + timedelta(hours=3)).isoformat()}

    assert minor(book(), "discount") == (0,)
    assert minor(book(stay=later), "discount") == (760,)


def test_a_code_that_does_not_hold_takes_nothing_off_and_they_do(motel, always):
    always()
    said = book(code="nada")

    assert minor(said, "discount") == (760,)
    assert [each["code"] for each in said["reasons"]] == ["NOT_FOUND"]


def test_a_verdict_tells_what_goes_beside_the_code(always, free):
    rule = always()
    said = verdict()

    assert (said["discount"]["amount"]["minor"], *minor(said, "beside", "total")) == (
        1520, 760, 5320,
    )  # fmt: skip
    (beside,) = said["promotions"]
    assert beside["promotion_id"] == str(rule.pk)
    assert beside["effect"]["text"] == "10% de desconto"
    assert said["alternatives"] == []


def test_it_is_the_same_when_reserved_booked_and_confirmed(always, free):
    always()
    reserved = reserve()
    PromotionRule.objects.filter(slug="sempre").update(live=False)

    assert minor(reserved, "beside", "total") == (760, 5320)
    assert minor(book(reservation=reserved["id"]), "discount", "total") == (2280, 5320)
    intent = BookingIntent.objects.get()
    assert booking.answer(intent.pk, BookingState.CONFIRMED, at=NOON, by=BY)
    intent.refresh_from_db()
    assert intent.discount_centavos == 2280


def test_where_a_hold_is_over_they_stay(always, free):
    always()
    book(reservation=reserve()["id"])
    intent = BookingIntent.objects.get()

    assert booking.answer(intent.pk, BookingState.CONFIRMED, at=NOON + timedelta(hours=1), by=BY)
    intent.refresh_from_db()
    assert intent.discount_centavos == 760


def test_an_exclusive_coupon_stands_alone(always, shared):
    always()
    said = verdict()

    assert minor(said, "beside", "total") == (0, 6080)
    assert (said["promotions"], said["alternatives"]) == ([], [])
    assert minor(book(**CODE), "discount") == (1520,)


def test_what_is_cheaper_without_the_code_is_said_and_booked(always, shared):
    rule = always(percent=30)
    said = verdict()

    assert said["valid"]
    assert minor(said, "total") == (6080,)
    (other,) = said["alternatives"]
    assert (other["automatic"], other["promotion_id"]) == (True, str(rule.pk))
    assert minor(book(**CODE), "discount", "total") == (2280, 5320)


def test_nobody_pays_less_than_nothing(always, free):
    always(percent=100)

    assert minor(verdict(), "beside", "total") == (6080, 0)
    assert minor(book(**CODE), "discount", "total") == (7600, 0)
