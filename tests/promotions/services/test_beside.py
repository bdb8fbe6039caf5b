"""Promotions without a code go beside a coupon: promised, held, spent and shown later."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from promotions import services
from promotions.enums import Stacking
from promotions.models import CouponUse, LedgerEntry, Meter
from promotions.rules.effects import Bill, Discount
from promotions.rules.stacking import Lane, Offer
from promotions.services import Request, UseFacts, Valid
from tests.factories.coupons import NOON, ask_for, make_coupon, make_rule

pytestmark = pytest.mark.django_db

ALWAYS = Offer("sempre", Discount(700), Lane(Stacking.FREE))


@pytest.fixture
def coupon(motel):
    return make_coupon(make_rule(stacking=Stacking.FREE), limit=2, budget_centavos=5000)


def test_what_is_promised_is_held_spent_and_shown_later(motel, coupon):
    ask = ask_for(motel, automatic=(ALWAYS,))

    promised = services.validate(ask)
    held = services.hold(ask, Request("k")).use
    spent = services.commit(held.id, Request("c"), at=NOON).use
    again = services.commit(held.id, Request("c"), at=NOON).use

    assert isinstance(promised, Valid)
    assert promised.beside == (ALWAYS,)
    found = [promised, held, spent, again, UseFacts.of(CouponUse.objects.get())]
    assert {each.off_centavos for each in found} == {1700}
    assert {each.beside_centavos for each in found} == {700}


def test_a_request_that_comes_again_is_answered_as_before_whatever_holds_by_then(motel, coupon):
    ask = ask_for(motel, automatic=(ALWAYS,))
    first = services.redeem(ask, Request("k"))

    again = services.redeem(replace(ask, automatic=()), Request("k"))

    assert again.is_repeated
    assert again.use == first.use


def test_only_the_coupon_s_own_discount_counts_for_its_budget_and_in_the_ledger(motel, coupon):
    services.redeem(ask_for(motel, automatic=(ALWAYS,)), Request("k"))

    assert Meter.objects.get(key="budget").taken == 1000
    assert LedgerEntry.objects.get().discount_centavos == 1000


@pytest.mark.parametrize(
    ("bill", "automatic", "expected"),
    [
        (10_000, (replace(ALWAYS, lane=Lane()),), 0),
        (1_200, (ALWAYS,), 200),
        (900, (ALWAYS,), 0),
        (0, (ALWAYS,), 0),
    ],
    ids=["exclusive", "all of the bill", "nothing left", "no bill"],
)
def test_no_more_is_taken_off_than_combines_and_is_left(motel, coupon, bill, automatic, expected):
    ask = ask_for(motel, bill=Bill(bill), automatic=automatic)

    assert services.validate(ask).beside_centavos == expected
    assert services.redeem(ask, Request("k")).use.beside_centavos == expected


def test_a_coupon_s_own_promotion_is_not_given_twice(motel, coupon):
    own = replace(ALWAYS, key=coupon.rule_id)

    assert services.validate(ask_for(motel, automatic=(own,))).beside == ()


def test_the_database_lets_no_use_take_more_than_its_price(motel, coupon):
    services.redeem(ask_for(motel), Request("k"))

    with pytest.raises(IntegrityError, match="promotions_use_price"), transaction.atomic():
        CouponUse.objects.update(beside_centavos=9001)
