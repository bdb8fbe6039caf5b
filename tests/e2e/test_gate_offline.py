"""A device of the reception uses signed codes while its network is away, and tells them later."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DATABASE_URLS, ROOT, Live, _with_database
from tests.e2e.test_editor_journey import sign_in
from tests.e2e.test_gate import (
    COUPON,
    PHONE,
    STAFF,
    check,
    gate,  # noqa: F401 (a fixture)
    heading,
    states,
    use,
    violations,
)

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

SIGN = """
import django
django.setup()
from promotions.models import Coupon
from promotions.selectors.coupons import grants
from promotions.services.revealing import Revealed
from promotions.services.signing import signed
from tenancy.management.scopes import scope_of
from tenancy.models import Property
with scope_of("lua"):
    coupon = Coupon.objects.get(slug="terca")
    house = Property.objects.get(slug="lua")
    grant = grants([coupon.pk])[coupon.pk]
    print("TOKEN", signed(grant, Revealed(coupon.code, None), house, "Vinte"))
"""


@pytest.fixture
def token(gate: Live) -> str:  # noqa: F811 (the fixture)
    """Have lua's coupon work without a network, and return its code as the server signs it."""
    ((lua,),) = gate.execute("SELECT id FROM tenancy_tenant WHERE slug = 'lua'")
    gate.execute(f"UPDATE promotions_coupon SET works_offline = true WHERE id = {COUPON}", lua)
    gate.execute("DELETE FROM promotions_offlineuse")
    gate.forget()
    name = urlsplit(gate.dsn).path.lstrip("/")
    environment = {
        **os.environ,
        **{each: _with_database(os.environ[each], name) for each in DATABASE_URLS},
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_ROLE": "app",
        "REDIS_URL": gate.redis_url,
        "VAR_DIR": str(settings.VAR_DIR),
    }
    command = [sys.executable, "-c", SIGN]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.rpartition("TOKEN ")[2].strip()


@pytest.fixture
def device(gate: Live, token: str, open_tab: Callable[..., Page]) -> Page:  # noqa: F811
    """Return a device of lua's that a manager has made, at its reception."""
    manager = open_tab()
    sign_in(manager, gate, STAFF, "manager@lua.test")
    manager.goto(gate.url(STAFF, "/admin/gate-devices/new/"))
    manager.fill("[name=name]", "Balcão")
    manager.select_option("[name=property]", label="Motel Lua")
    manager.get_by_role("button", name="Adicionar").or_(
        manager.locator("form button[type=submit]").last
    ).first.click()
    link = manager.locator("#link").input_value()
    tab = open_tab(viewport=PHONE)
    tab.goto(gate.url(STAFF, re.sub(r"^https?://[^/]+", "", link)))
    tab.get_by_role("button", name="Sim, usar este aparelho").click()
    expect(tab.locator("#id_code")).to_be_focused()
    return tab


def use_offline(tab: Page, token: str) -> None:
    tab.context.set_offline(True)
    check(tab, token)
    expect(heading(tab)).to_have_text("Sem conexão, mas assinado pela casa.")
    tab.get_by_role("button", name="Usar sem conexão").click()
    expect(heading(tab)).to_have_text("Usado sem conexão.")
    expect(tab.locator("#told")).to_have_text("1 uso sem conexão espera para ser conferido.")


def test_a_signed_code_is_used_without_a_network_and_counted_later(
    gate: Live,  # noqa: F811
    device: Page,
    token: str,
) -> None:
    device.context.set_offline(True)
    check(device, token)
    expect(heading(device)).to_have_text("Sem conexão, mas assinado pela casa.")
    expect(heading(device)).to_be_focused()
    expect(device.locator("#answer")).to_contain_text("Vinte")
    expect(device.locator("#answer")).to_contain_text("Usos sem conexão que restam: 5.")
    assert violations(device) == []
    device.keyboard.press("Tab")
    expect(device.get_by_role("button", name="Usar sem conexão")).to_be_focused()
    device.keyboard.press("Enter")
    expect(heading(device)).to_have_text("Usado sem conexão.")
    assert states(gate) == []

    check(device, token)
    expect(heading(device)).to_have_text("Sem conexão, não pode ser usado aqui.")
    expect(device.locator("#answer")).to_contain_text("Já foi usado neste aparelho.")
    device.context.set_offline(False)

    expect(device.locator("#told")).to_have_text("Usos sem conexão conferidos: 1.")
    assert states(gate) == ["spent"]
    assert device.evaluate("JSON.parse(localStorage.gate).uses") == []


def test_what_was_used_meanwhile_is_a_conflict_that_the_manager_sees(
    gate: Live,  # noqa: F811
    device: Page,
    token: str,
    open_tab: Callable[..., Page],
) -> None:
    use_offline(device, token)
    manager = open_tab(viewport=PHONE)
    sign_in(manager, gate, STAFF, "manager@lua.test")
    manager.goto(gate.url(STAFF, "/portaria/?house=lua"))
    check(manager, "TERCA20")
    use(manager)
    expect(heading(manager)).to_have_text("Usado.")
    device.context.set_offline(False)

    expect(device.locator("#told")).to_contain_text("Em conflito: 1.")
    assert states(gate) == ["spent"]
    manager.goto(gate.url(STAFF, "/admin/promotions/offline/"))
    expect(manager.locator("main table")).to_contain_text("TERCA20")
    manager.get_by_role("button", name="Visto").click()
    expect(manager.get_by_role("button", name="Visto")).to_have_count(0)


def test_a_use_outlives_the_page_and_one_that_was_undone_is_never_told(
    gate: Live,  # noqa: F811
    device: Page,
    token: str,
) -> None:
    use_offline(device, token)
    device.get_by_role("button", name="Desfazer").click()
    expect(heading(device)).to_have_text("Desfeito: o código pode ser usado de novo.")
    use_offline(device, token)
    address = device.url
    device.goto("about:blank")
    device.context.set_offline(False)
    device.goto(address)

    expect(device.locator("#told")).to_have_text("Usos sem conexão conferidos: 1.")
    assert states(gate) == ["spent"]


def test_what_nobody_signed_waits_for_the_network(
    gate: Live,  # noqa: F811
    device: Page,
    token: str,
) -> None:
    device.context.set_offline(True)
    forged = token[:60] + ("A" if token[60] != "A" else "B") + token[61:]
    check(device, forged)
    expect(device.locator("#answer")).to_contain_text("O código não foi assinado pela casa.")
    device.get_by_role("button", name="Parar de tentar").click()
    check(device, "TERCA20")
    expect(device.locator("#state p")).to_have_text("Sem conexão: tentando de novo…")
    expect(device.get_by_role("button", name="Usar sem conexão")).to_have_count(0)
    device.context.set_offline(False)

    expect(heading(device)).to_have_text("Vale. Ainda não foi usado.")
    assert states(gate) == []


def test_a_lost_tap_that_is_made_again_without_a_network_is_one_use(
    gate: Live,  # noqa: F811
    device: Page,
    token: str,
) -> None:
    check(device, token)
    expect(heading(device)).to_have_text("Vale. Ainda não foi usado.")
    device.evaluate(
        """() => {
          const real = fetch;
          window.fetch = async (...given) => {
            window.fetch = real;
            await real(...given); // it arrives, and the answer does not
            throw new TypeError("lost");
          };
        }"""
    )
    use(device)
    device.context.set_offline(True)
    expect(heading(device)).to_have_text("Sem conexão, mas assinado pela casa.")
    device.get_by_role("button", name="Usar sem conexão").click()
    device.context.set_offline(False)

    expect(device.locator("#told")).to_have_text("Usos sem conexão conferidos: 1.")
    assert states(gate) == ["spent"]
