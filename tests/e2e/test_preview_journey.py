"""An editor sees a night that is to come, shows it to somebody else, and takes it back."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Live
from tests.e2e.test_editor_journey import sign_in

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

STAFF, GUEST = "lua.painel.localhost", "lua.localhost"
NIGHT = "2027-06-12T23:50"
BAND = "Prévia de 12/06/2027 23:50 (horário de Belém)"


def suite_page(live: Live) -> int:
    ((pk,),) = live.execute(
        "SELECT p.id FROM wagtailcore_page p JOIN tenancy_tenant t ON t.id = p.tenant_id "
        "WHERE t.slug = 'lua' AND p.url_path = '/lua/suites/loft/'"
    )
    return int(str(pk))


def open_screen(tab: Page, live: Live) -> None:
    tab.goto(live.url(STAFF, f"/admin/pages/{suite_page(live)}/edit/"))
    tab.wait_for_load_state("networkidle")  # the menu works once its script has been loaded
    tab.click("#w-slim-header-buttons [data-w-dropdown-target=toggle]")
    tab.get_by_role("link", name="Ver em outra data").click()


def test_an_editor_shares_a_night_that_is_to_come(live: Live, open_tab: Callable[[], Page]) -> None:
    tab, stranger = open_tab(), open_tab()
    sign_in(tab, live, STAFF, "editor@lua.test")
    open_screen(tab, live)
    tab.fill("[name=at]", NIGHT)
    tab.select_option("[name=device]", "all")
    tab.click("text=Mostrar")

    expect(tab.locator("iframe")).to_have_count(3)
    phone = tab.frame_locator("iframe[width='390']")
    expect(phone.locator(".preview-band")).to_have_text(BAND)
    expect(phone.get_by_text("Dia dos Namorados").first).to_be_visible()

    tab.click("text=Criar link")
    path = urlsplit(tab.input_value("#preview-address")).path
    opened = stranger.goto(live.url(GUEST, path))
    assert opened is not None
    assert opened.status == 200
    expect(stranger.locator(".preview-band")).to_have_text(BAND)
    assert stranger.context.cookies() == []

    tab.click("text=Cancelar link")
    tab.wait_for_load_state()
    closed = stranger.goto(live.url(GUEST, path))
    assert closed is not None
    assert closed.status == 404
