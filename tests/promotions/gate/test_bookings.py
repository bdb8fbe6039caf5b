"""At the gate a wish to come is found by its reference, and confirmed once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from promotions import services
from promotions.enums import BookingState
from promotions.models import BookingIntent
from promotions.rules.effects import Bill
from promotions.services import Ask, Request
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry, Property
from tests.promotions.gate.test_gate import GATE, said, text_of, use, uses

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(staff, lua):
    return staff(lua, "manager")


def held(lua, *, at=None):
    with tenant_scope(lua):
        house = Property.objects.get(slug="lua")
        ask = Ask(code="NOITE10", at=at or timezone.now(), house=house, bill=Bill(7600))
        return services.hold(ask, Request("k", "guest")).use.id


def path_of(intent):
    return f"/portaria/reserva/{intent.pk}/?house=lua"


def state_of(lua, intent):
    with tenant_scope(lua):
        return BookingIntent.objects.get(pk=intent.pk).state


def test_a_wish_is_shown_by_its_reference_and_confirmed_once(manager, lua, wish):
    intent = wish()
    shown = manager.post(GATE, said(intent.reference.lower()))
    assert "Pedido de reserva: falta confirmar." in text_of(shown)
    assert "Loft, 2 horas, chegada:" in text_of(shown)
    assert path_of(intent) in shown.content.decode()

    for _turn in range(2):
        assert "Reserva confirmada." in text_of(manager.post(path_of(intent)))
    assert "Reserva confirmada." in text_of(manager.post(GATE, said(intent.reference)))
    with tenant_scope(lua):
        assert AuditEntry.objects.filter(action="promotions.booking.confirm").count() == 1


def test_a_device_confirms_and_the_audit_says_which(device, lua, wish):
    row, browser = device()
    intent = wish()

    assert "Reserva confirmada." in text_of(browser.post(path_of(intent)))
    with tenant_scope(lua):
        entry = AuditEntry.objects.get(action="promotions.booking.confirm")
    assert (entry.actor, entry.data["by"]) == ("", f"device:{row.pk}")


def test_what_is_held_for_a_wish_is_spent_with_it(manager, lua, coupon, wish):
    intent = wish(use_id=held(lua), discount_centavos=1000)
    assert "Um cupom está guardado" in text_of(manager.post(GATE, said(intent.reference)))

    assert "O cupom deste pedido foi usado." in text_of(manager.post(path_of(intent)))
    manager.post(path_of(intent))
    assert uses(lua) == ["spent"]
    assert "Já foi usado" in text_of(manager.post(GATE, use()))


def test_a_killed_confirmation_is_finished_by_the_next(manager, lua, coupon, wish):
    intent = wish(use_id=held(lua), discount_centavos=1000)
    with tenant_scope(lua):
        services.commit(intent.use_id, Request(f"booking:{intent.pk}"), at=timezone.now())

    assert "Reserva confirmada." in text_of(manager.post(path_of(intent)))
    assert uses(lua) == ["spent"]


def test_a_hold_that_is_over_is_not_spent_and_takes_nothing_off(manager, lua, coupon, wish):
    long_ago = timezone.now() - timedelta(hours=1)
    intent = wish(use_id=held(lua, at=long_ago), discount_centavos=1000)

    done = text_of(manager.post(path_of(intent)))
    assert "Reserva confirmada." in done
    assert "passou da hora: confira o código" in done
    assert "A cobrar R$ 76" in done
    assert uses(lua) == ["expired"]


def test_declining_a_wish_gives_back_what_is_held_for_it(staff, lua, coupon, wish):
    intent = wish(use_id=held(lua), discount_centavos=1000)
    body = {"booking": str(intent.pk), "state": "declined"}
    staff(lua, "manager").post("/admin/promotions/bookings/", body)

    assert state_of(lua, intent) == BookingState.DECLINED
    assert uses(lua) == ["cancelled"]


def test_a_wish_of_another_house_is_not_found(device, lua, wish):
    _row, browser = device()
    intent = wish("lua-centro")

    assert "Não vale" in text_of(browser.post(GATE, said(intent.reference)))
    assert browser.post(path_of(intent)).status_code == 404
    assert state_of(lua, intent) == BookingState.ASKED


def test_a_wish_that_is_over_is_not_confirmed(manager, lua, wish):
    intent = wish()
    with tenant_scope(lua):
        BookingIntent.objects.update(expires_at=timezone.now())

    assert "Este pedido passou da hora." in text_of(manager.post(path_of(intent)))
    assert state_of(lua, intent) == BookingState.ASKED
