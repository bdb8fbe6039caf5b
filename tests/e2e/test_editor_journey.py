"""An editor changes the home page's words, a manager publishes them, a guest reads them."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, Live

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

HEADING = "[name='body-0-value-heading']"


def sign_in(tab: Page, live: Live, host: str, email: str) -> None:
    tab.goto(live.url(host, "/admin/"))
    tab.fill("[name=username]", email)
    tab.fill("[name=password]", PASSWORD)
    tab.click("button[type=submit]")
    tab.wait_for_load_state()


def home_page(live: Live) -> int:
    ((pk,),) = live.execute(
        "SELECT p.id FROM wagtailcore_page p JOIN tenancy_tenant t ON t.id = p.tenant_id "
        "WHERE t.slug = 'lua' AND p.slug = 'lua' AND p.depth = 2"
    )
    return int(str(pk))


def edit_heading(tab: Page, live: Live, words: str) -> None:
    tab.goto(live.url("lua.painel.localhost", f"/admin/pages/{home_page(live)}/edit/"))
    tab.fill(HEADING, words)


def expect_preview(tab: Page, words: str) -> None:
    tab.click("[data-side-panel-toggle=preview]")
    preview = tab.frame_locator("iframe#w-preview-iframe, [data-w-preview-target=iframe]").first
    expect(preview.locator("h1")).to_have_text(words, timeout=60_000)


def test_an_editor_s_words_reach_guests_when_a_manager_publishes(
    live: Live, tab: Page, browser
) -> None:
    words = "A noite é de vocês dois"
    sign_in(tab, live, "lua.painel.localhost", "editor@lua.test")
    edit_heading(tab, live, words)
    expect_preview(tab, words)
    tab.click("footer .w-dropdown button, footer [data-w-dropdown-target=toggle]")
    tab.click("button[name=action-submit]")
    tab.wait_for_load_state()

    guest = browser.new_context().new_page()
    guest.goto(live.url("lua.localhost"))
    expect(guest.locator("h1")).to_have_text("Boa noite")

    manager = browser.new_context(locale="pt-BR").new_page()
    sign_in(manager, live, "lua.painel.localhost", "manager@lua.test")
    manager.goto(live.url("lua.painel.localhost", f"/admin/pages/{home_page(live)}/edit/"))
    expect(manager.locator(HEADING)).to_have_value(words)
    manager.click("footer .w-dropdown button, footer [data-w-dropdown-target=toggle]")
    manager.click("button[name=action-publish]")
    manager.wait_for_load_state()

    guest.goto(live.url("lua.localhost"))
    expect(guest.locator("h1")).to_have_text(words)


def test_the_same_person_cannot_sign_in_at_another_company(live: Live, tab: Page) -> None:
    sign_in(tab, live, "sol.painel.localhost", "editor@lua.test")

    assert tab.url.startswith(live.url("sol.painel.localhost", "/admin/login/"))
    expect(tab.locator(".messages, .help-critical, [role=alert]").first).to_be_visible()


def test_a_guest_s_page_asks_nobody_else_and_leaves_no_cookie(live: Live, tab: Page) -> None:
    asked: set[str] = set()
    complaints: list[str] = []
    tab.on("request", lambda request: asked.add(request.url.split("/")[2]))
    tab.on("console", lambda message: complaints.append(message.text))

    tab.goto(live.url("lua.localhost"))
    tab.wait_for_load_state("networkidle")

    assert asked == {f"lua.localhost:{live.port}"}
    assert tab.context.cookies() == []
    assert complaints == []
