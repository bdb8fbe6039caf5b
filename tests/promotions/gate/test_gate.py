"""At the gate a code is looked at, used once, refused with its reason, and given back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from promotions.models import CouponUse, GateDevice, LedgerEntry
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.coupons import PERSONS, make_coupon, make_rule
from tests.factories.promotions import a_stay
from tests.factories.promotions import make_rule as make_published_rule

pytestmark = pytest.mark.django_db

GATE = "/portaria/?house=lua"
STAY = {"suite": "loft", "stay": "2h"}


def said(code="noite-10", **more):
    return {"code": code, **STAY, "action": "check", **more}


def use(code="noite-10", key=None, **more):
    return said(code, action="use", key=str(key or uuid4()), **more)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def manager(staff, lua):
    return staff(lua, "manager")


def uses(lua):
    with tenant_scope(lua):
        return list(CouponUse.objects.values_list("state", flat=True))


def test_a_code_is_told_and_nothing_is_used(manager, lua, coupon):
    response = manager.post(GATE, said("  Noite 10 "))

    assert response.status_code == 200
    assert "Vale. Ainda não foi usado." in text_of(response)
    assert "R$ 10 de desconto" in text_of(response)
    assert uses(lua) == []


def test_a_use_is_written_and_the_second_refused_with_its_reason(manager, lua, coupon):
    first, second = manager.post(GATE, use()), manager.post(GATE, use())

    assert "Usado." in text_of(first)
    assert "Já foi usado tantas vezes quantas podia." in text_of(second)
    assert 'value="use"' not in second.content.decode()
    assert uses(lua) == ["spent"]


def test_another_stay_for_which_the_code_holds_is_named(manager, lua):
    with tenant_scope(lua):
        house = Property.objects.get(slug="lua")
        nights = make_published_rule("noites", stays=[a_stay(house, "pernoite")])
        make_coupon(nights, "NOITE10")
        make_published_rule("brinde", percent=5, is_automatic=True)

    with time_machine.travel("2026-06-12T23:00:00-03:00", tick=False):
        told = text_of(manager.post(GATE, said()))

    assert "Não vale para esta permanência." in told
    assert "Agora vale para Pernoite 22:00–12:00, em Loft: R$ 513." in told
    assert "Agora, sem código: 5% de desconto." in told


def test_a_request_that_comes_again_is_answered_as_before(manager, lua, coupon):
    key = uuid4()
    answers = [manager.post(GATE, use(key=key)) for _each in range(3)]

    assert all("Usado." in text_of(each) for each in answers)
    assert uses(lua) == ["spent"]


def test_a_use_is_undone_and_the_code_can_be_used_again(manager, lua, coupon):
    key = uuid4()
    manager.post(GATE, use(key=key))
    with tenant_scope(lua):
        path = f"/portaria/desfazer/{CouponUse.objects.get().pk}/?house=lua"

    assert "Desfeito" in text_of(manager.post(path))
    assert "Desfeito" in text_of(manager.post(path))
    assert "Este uso foi desfeito." in text_of(manager.post(GATE, use(key=key)))
    assert "Usado." in text_of(manager.post(GATE, use()))
    assert sorted(uses(lua)) == ["reversed", "spent"]


def test_a_use_of_long_ago_is_not_undone_here(manager, lua, coupon):
    manager.post(GATE, use())
    with tenant_scope(lua):
        long_ago = timezone.now() - timedelta(minutes=11)
        CouponUse.objects.update(created_at=long_ago, ended_at=long_ago)
        path = f"/portaria/desfazer/{CouponUse.objects.get().pk}/?house=lua"

    assert "Não dá mais para desfazer aqui." in text_of(manager.post(path))
    assert "Desfazer NOITE10" not in manager.get(GATE).content.decode()
    assert uses(lua) == ["spent"]


def test_a_cpf_is_asked_for_used_and_never_drawn(manager, lua):
    with tenant_scope(lua):
        make_coupon(make_rule(), "NOITE10", identifier="cpf", limit_per_identifier=1)
    asked = manager.post(GATE, use())
    wrong = manager.post(GATE, use(cpf="111.111.111-11"))
    done = manager.post(GATE, use(cpf=PERSONS[0]))
    again = manager.post(GATE, use(cpf=PERSONS[0]))

    assert "Falta o CPF de quem usa." in text_of(asked)
    assert "O CPF não confere." in text_of(wrong)
    assert "Usado." in text_of(done)
    assert "Esta pessoa já usou este cupom." in text_of(again)
    for response in (wrong, done, again):
        html = response.content.decode()
        assert PERSONS[0] not in html
        assert "111.111" not in html
        assert 'id="person" hidden' not in html
    assert uses(lua) == ["spent"]


def test_a_stay_that_is_not_sold_uses_nothing(manager, lua, coupon, monkeypatch):
    monkeypatch.setattr("promotions.gate.answers.has_price", lambda inquiry: False)
    response = manager.post(GATE, use())

    assert "Esta permanência não é vendida agora nesta suíte." in text_of(response)
    assert uses(lua) == []


def test_a_code_that_was_mistyped_is_said_to_be_so(manager, coupon):
    response = manager.post(GATE, said("LOTE-2345-6789-ABC"))

    assert "Este código não existe. Há um sinal trocado: confira." in text_of(response)


@pytest.mark.parametrize(
    "text",
    [
        "http://[x",
        "x://[::1?code=A",
        "x://\u2100?code=A",
        "x://y?code=%00abc",
        "x://y?code=%ED%A0%80",
    ],
)
@pytest.mark.parametrize("what", [said, use])
def test_what_only_looks_like_an_address_is_a_code_that_nobody_has(manager, coupon, what, text):
    response = manager.post(GATE, what(text))

    assert "Este código não existe." in text_of(response)


def test_what_is_missing_or_unknown_is_asked_for_again(manager, coupon):
    for body in ({"code": ""}, said(suite="outra"), use(key="x")):
        response = manager.post(GATE, body)
        assert "Preencha código, suíte e permanência." in text_of(response)


def test_the_last_uses_are_shown_with_who_could_undo_them(manager, lua, coupon):
    manager.post(GATE, use())
    html = manager.get(GATE).content.decode()

    assert "NOITE10" in html
    assert "Desfazer NOITE10" in html
    with tenant_scope(lua):
        actor = LedgerEntry.objects.values_list("actor", flat=True).get()
    assert actor.startswith("user:")


def test_the_page_is_strict_and_kept_by_nobody(manager, coupon):
    headers = manager.get(GATE).headers

    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "private, no-store"
    assert not re.search(r"\sstyle=|\son\w+=", manager.get(GATE).content.decode())


def test_forms_want_their_token(staff, lua, coupon):
    client = staff(lua, "manager")
    client.handler.enforce_csrf_checks = True

    assert client.post(GATE, use()).status_code == 403
    assert uses(lua) == []


def test_a_key_of_another_person_s_is_another_key(manager, staff, lua, coupon):
    key = uuid4()
    manager.post(GATE, use(key=key))

    response = staff(lua, "owner").post(GATE, use(key=key))

    assert "Já foi usado" in text_of(response)


def test_strangers_sign_in_and_editors_are_told_no(guest, staff, lua):
    stranger = guest("lua.painel.localhost").get("/portaria/")
    assert stranger.status_code == 302
    assert stranger.headers["Location"] == "/admin/login/?next=%2Fportaria%2F"
    assert staff(lua, "editor").get("/portaria/").status_code == 403
    assert staff(lua, "editor").post(GATE, use()).status_code == 403


def test_guests_hosts_have_no_gate(guest, lua):
    assert guest("lua.localhost").get("/portaria/").status_code == 404


def test_a_house_that_is_not_there_is_not_found(manager):
    assert manager.get("/portaria/?house=outra").status_code == 404


def test_a_device_has_a_row_and_no_secret(device, lua):
    row, _browser = device()
    with tenant_scope(lua):
        assert GateDevice.objects.get(pk=row.pk).digest != row.digest
