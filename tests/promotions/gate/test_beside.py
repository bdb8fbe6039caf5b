"""The reception is told what promotions without a code take off, and what costs less with them."""

import pytest

from promotions.enums import Stacking
from promotions.models import BookingIntent, Coupon, CouponUse, PromotionRule
from tenancy.context import tenant_scope
from tests.factories.promotions import make_rule
from tests.promotions.gate.test_bookings import held
from tests.promotions.gate.test_gate import GATE, said, text_of, use
from tests.promotions.gate.test_offline import report, send, states, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(staff, lua):
    return staff(lua, "manager")


@pytest.fixture
def always(lua, coupon):
    """Return a maker of a promotion without a code, which goes with the coupon."""

    def make(percent=10, stacking=Stacking.FREE):
        named = {"percent": percent, "stacking": stacking, "is_automatic": True}
        with tenant_scope(lua):
            PromotionRule.objects.update(stacking=stacking)
            make_rule("sempre", **named)

    return make


def test_a_use_is_charged_as_it_was_promised_and_shown_so_later(manager, lua, always):
    always()
    promised, used = text_of(manager.post(GATE, said())), manager.post(GATE, use())

    assert "R$ 10 de desconto; 10% de desconto" in promised
    for told in (promised, text_of(used)):
        assert "Desconto R$ 10 Promoções R$ 7,60 A cobrar R$ 58,40" in told
    assert "−R$ 17,60" in text_of(used)
    with tenant_scope(lua):
        assert CouponUse.objects.get().beside_centavos == 760


def test_what_costs_less_without_the_code_is_said(manager, always):
    always(percent=50, stacking=Stacking.EXCLUSIVE)
    told = text_of(manager.post(GATE, said()))

    assert "A cobrar R$ 66" in told
    assert "Agora, sem código: 50% de desconto." in told
    assert "Promoções" not in told


def test_what_costs_more_without_it_is_not(manager, always):
    always()

    assert "sem código" not in text_of(manager.post(GATE, said()))


def test_nothing_goes_beside_what_was_used_without_a_network(device, lua, coupon, always):
    always()
    with tenant_scope(lua):
        Coupon.objects.update(works_offline=True)
    _row, browser = device()

    assert states(send(browser, report(token_of(lua, coupon)))) == ["spent"]
    with tenant_scope(lua):
        use = CouponUse.objects.get()
    assert (use.discount_centavos, use.beside_centavos) == (1000, 0)


@pytest.mark.parametrize(
    ("off", "alone", "expected"),
    [
        (760, 760, "Preço R$ 76 Promoções R$ 7,60 A cobrar R$ 68,40"),
        (1760, 760, "Preço R$ 76 Desconto R$ 17,60 A cobrar R$ 58,40"),
        (0, 0, "Preço R$ 76 Desconto R$ 0 A cobrar R$ 76"),
    ],
    ids=["without a code", "of a code", "nothing"],
)
def test_a_booking_says_what_is_of_a_code(manager, wish, off, alone, expected):
    intent = wish(discount_centavos=off, automatic_centavos=alone)
    told = text_of(manager.post(GATE, said(intent.reference)))

    assert expected in told
    assert ("O desconto é de um código" in told) == (off > alone)


def test_of_a_hold_that_is_over_the_promotions_stay(manager, lua, coupon, wish):
    intent = wish(use_id=held(lua), discount_centavos=1760, automatic_centavos=760)
    reference = said(intent.reference)
    assert "Desconto R$ 10 Promoções R$ 7,60 A cobrar R$ 58,40" in text_of(
        manager.post(GATE, reference)
    )

    with tenant_scope(lua):
        CouponUse.objects.update(state="expired")
    assert "Promoções R$ 7,60 A cobrar R$ 68,40" in text_of(manager.post(GATE, reference))
    manager.post(f"/portaria/reserva/{intent.pk}/?house=lua")
    with tenant_scope(lua):
        assert BookingIntent.objects.get().discount_centavos == 760
