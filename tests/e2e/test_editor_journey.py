"""An editor changes the home page's words, a manager publishes them, a guest reads them."""

from collections.abc import Callable

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


def choose_action(tab: Page, button: str) -> None:
    """Choose one of the actions under the form, and wait until it has led back to the list."""
    tab.wait_for_load_state("networkidle")  # the editor saves drafts by itself
    tab.click("footer [data-w-dropdown-target=toggle]")
    tab.click(f"footer button{button} >> nth=0")
    tab.wait_for_url(lambda url: not url.endswith("/edit/"))


def test_an_editor_s_words_reach_guests_when_a_manager_publishes(
    live: Live, open_tab: Callable[[], Page]
) -> None:
    words = "A noite é de vocês dois"
    tab, manager, guest = open_tab(), open_tab(), open_tab()
    sign_in(tab, live, "lua.painel.localhost", "editor@lua.test")
    edit_heading(tab, live, words)
    expect_preview(tab, words)
    choose_action(tab, "[name=action-submit]")

    guest.goto(live.url("lua.localhost"))
    expect(guest.locator("h1")).to_have_text("Boa noite")

    sign_in(manager, live, "lua.painel.localhost", "manager@lua.test")
    manager.goto(live.url("lua.painel.localhost", f"/admin/pages/{home_page(live)}/edit/"))
    expect(manager.locator(HEADING)).to_have_value(words)
    choose_action(manager, "[data-workflow-action-name=approve]")

    guest.goto(live.url("lua.localhost"))
    expect(guest.locator("h1")).to_have_text(words)


def test_the_same_person_cannot_sign_in_at_another_company(
    live: Live, open_tab: Callable[[], Page]
) -> None:
    tab = open_tab()
    sign_in(tab, live, "sol.painel.localhost", "editor@lua.test")

    assert tab.url.startswith(live.url("sol.painel.localhost", "/admin/login/"))
    expect(tab.locator(".messages, .help-critical, [role=alert]").first).to_be_visible()


def test_a_guest_s_page_asks_nobody_else_and_leaves_no_cookie(
    live: Live, open_tab: Callable[[], Page]
) -> None:
    tab = open_tab()
    asked: set[str] = set()
    complaints: list[str] = []
    tab.on("request", lambda request: asked.add(request.url.split("/")[2]))
    tab.on("console", lambda message: complaints.append(message.text))

    tab.goto(live.url("lua.localhost"))
    tab.wait_for_load_state("networkidle")

    assert asked == {f"lua.localhost:{live.port}"}
    assert tab.context.cookies() == []
    assert complaints == []
