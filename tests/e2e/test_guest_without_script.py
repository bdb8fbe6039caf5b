"""All of a guest's ways work in a browser without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.guests.pages import NOT_FOUND
from tests.e2e.conftest import Live

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

LUA = "lua.localhost"
# What a person can press, but nothing would happen.
DEAD = (
    "button:visible:not([popovertarget]):not([commandfor]):not(form button[type=submit])"
    ":not(form button:not([type])), a[href='#']:visible, a[href^='javascript:']"
)


@pytest.fixture
def tab(open_tab: Callable[..., Page]) -> Page:
    return open_tab(java_script_enabled=False, viewport={"width": 390, "height": 844})


def test_every_page_has_its_contents_and_nothing_dead(showroom: Live, tab: Page) -> None:
    dead = {}
    for page in showroom.main_pages:
        answer = tab.goto(showroom.at(page))
        assert answer is not None
        assert answer.status == (404 if page.kind == NOT_FOUND else 200)
        assert tab.locator("main h1").first.inner_text()
        if elements := tab.locator(DEAD).all():
            dead[page.kind] = [element.inner_text() for element in elements]

    assert dead == {}


def test_a_guest_finds_a_suite_its_prices_and_the_way(showroom: Live, tab: Page) -> None:
    tab.goto(showroom.url(LUA))
    tab.locator("a[href='/suites/']:visible").first.click()
    tab.locator("main a[href^='/suites/']:not([href='/suites/']):visible").first.click()

    expect(tab.locator("main")).to_contain_text("R$")
    expect(tab.locator("a[href^='https://wa.me/']:visible").first).to_be_visible()
    expect(tab.locator("a[href^='tel:']:visible").first).to_be_visible()


def test_a_guest_changes_the_language(showroom: Live, tab: Page) -> None:
    tab.goto(showroom.url(LUA, "/suites/"))
    tab.locator("a[hreflang='es']:visible").first.click()

    tab.wait_for_url(showroom.url(LUA, "/es/suites/"))


def open_all(tab: Page) -> None:
    """Open what is folded, by touches."""
    closed = tab.locator("details:not([open]) > summary:visible")
    for left in reversed(range(closed.count())):
        closed.first.click()
        expect(closed).to_have_count(left)


def test_every_disclosure_opens_and_every_form_is_answered(showroom: Live, tab: Page) -> None:
    for page in showroom.main_pages:
        tab.goto(showroom.at(page))
        open_all(tab)
        for number in range(tab.locator("main form").count()):
            tab.goto(showroom.at(page))
            open_all(tab)
            with tab.expect_navigation() as sent:
                tab.locator("main form").nth(number).locator("[type=submit]").first.click()
            assert sent.value is not None
            assert sent.value.status == 200
