"""Everything that guests do, they can do with the keyboard alone, and they see where they are."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from infra.local.locks import wait_until
from tests.e2e.conftest import Live
from theme.enums import Theme

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

MOST_STOPS = 300
LUA = "lua.localhost"
FORMS = "main form:not(.coupon-form)"
"""Those that lead to another page; what a script answers has tests of its own."""

# Of radio buttons with one name, Tab reaches one.
LIST_STOPS = """() => {
    const names = new Set();
    window.stops = [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, iframe, [tabindex]"
    )].filter(element => {
        if (element.disabled || element.type === "hidden" || element.tabIndex < 0) return false;
        if (!element.checkVisibility({ visibilityProperty: true })) return false;
        if (element.type !== "radio") return true;
        return !names.has(element.name) && names.add(element.name);
    });
    return window.stops.length;
}"""
WHERE = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const ring = [null, "::before", "::after"].some(part => {
        const style = getComputedStyle(element, part);
        const drawn = !part || style.content !== "none";
        return drawn && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    const points = [...element.getClientRects()].flatMap(box => [0.1, 0.5, 0.9].map(part =>
        [box.left + box.width * part, box.top + box.height / 2]));
    const seen = points.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (element.contains(hit) || hit.contains(element) && hit !== document.body);
    });
    return {
        name: element.outerHTML.slice(0, 90),
        stop: window.stops.indexOf(element),
        ring,
        seen,
    };
}"""


def stops(tab: Page) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page; return where it was."""
    found: list[dict[str, Any]] = []
    for _press in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        where = tab.evaluate(WHERE)
        if where is None or where in found[:1]:  # the browser may begin again by itself
            return found
        found.append(where)
    raise AssertionError(f"the focus never leaves the page: {found[-1]}")


def reach(tab: Page, selector: str) -> None:
    """Press Tab until the first element that the selector finds has the focus."""
    target = tab.locator(selector).first
    assert target.count(), f"there is no {selector} on {tab.url}"
    for _press in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def follow(tab: Page, selector: str) -> None:
    """Go to a link by Tab, and through it by Enter."""
    reach(tab, selector)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


@pytest.mark.parametrize("theme", Theme.values)
def test_tab_reaches_everything_in_order_visibly_and_leaves_again(
    showroom: Live, open_tab: Callable[..., Page], theme: str
) -> None:
    showroom.wear(theme)
    tab = open_tab()
    missed, unseen = {}, {}

    for page in showroom.main_pages:
        tab.goto(showroom.at(page))
        expected = set(range(tab.evaluate(LIST_STOPS)))
        visited = stops(tab)
        order = [where["stop"] for where in visited if where["stop"] >= 0]
        if order != sorted(order) or set(order) != expected:
            missed[page.kind] = (order, expected)
        if hidden := [w["name"] for w in visited if not (w["ring"] and w["seen"])]:
            unseen[page.kind] = hidden

    assert (missed, unseen) == ({}, {})


def test_skip_link_comes_first_and_leads_to_the_contents(
    showroom: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab()
    for page in showroom.main_pages:
        if tab.goto(showroom.at(page)).status != 200:  # type: ignore[union-attr]  # it answered
            continue
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.getAttribute('href')") == "#conteudo"
        expect(tab.locator(":focus")).to_be_in_viewport()
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        before = "element => !(document.querySelector('header').contains(element))"
        assert tab.locator(":focus").evaluate(before), page


def test_a_guest_goes_from_the_menu_to_a_suite_and_its_prices(
    showroom: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab()
    tab.goto(showroom.url(LUA))

    follow(tab, "header a[href='/suites/']")
    follow(tab, "main a[href^='/suites/']:not([href='/suites/'])")
    expect(tab.locator("main table, main dl").first).to_be_visible()  # prices


def test_a_guest_looks_through_the_photos(showroom: Live, open_tab: Callable[..., Page]) -> None:
    tab = open_tab(viewport={"width": 390, "height": 844})
    tab.goto(showroom.url(LUA))

    reach(tab, ".gallery-pictures")
    tab.keyboard.press("ArrowRight")

    gallery = tab.locator(".gallery-pictures").first
    assert wait_until(lambda: gallery.evaluate("gallery => gallery.scrollLeft > 0"), 10)


def test_a_guest_changes_the_language_and_stays_on_the_page(
    showroom: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab()
    tab.goto(showroom.url(LUA, "/suites/"))

    follow(tab, "header a[hreflang='en']")

    assert tab.url == showroom.url(LUA, "/en/suites/")
    expect(tab.locator("html")).to_have_attribute("lang", "en")


def test_every_disclosure_opens_and_closes(showroom: Live, open_tab: Callable[..., Page]) -> None:
    tab = open_tab()
    for page in showroom.main_pages:
        tab.goto(showroom.at(page))
        for summary in tab.locator("summary:visible").all():
            details = summary.locator("..")
            was_open = details.get_attribute("open") is not None
            summary.focus()
            tab.keyboard.press("Enter")
            assert (details.get_attribute("open") is None) == was_open, page
            tab.keyboard.press("Space")
            assert (details.get_attribute("open") is not None) == was_open, page


def test_every_form_can_be_sent(showroom: Live, open_tab: Callable[..., Page]) -> None:
    tab = open_tab()
    for page in showroom.main_pages:
        tab.goto(showroom.at(page))
        for number in range(tab.locator(FORMS).count()):
            tab.goto(showroom.at(page))
            for summary in tab.locator("details:has(form):not([open]) > summary").all():
                summary.press("Enter")
            tab.locator(FORMS).nth(number).locator("[type=submit]").first.focus()
            with tab.expect_navigation() as sent:
                tab.keyboard.press("Enter")
            assert sent.value is not None
            assert sent.value.status == 200, page


@pytest.mark.parametrize("keys", [["Enter"], ["Escape", "Escape"]])
def test_quick_exit_leaves_at_once(
    showroom: Live, open_tab: Callable[..., Page], keys: list[str]
) -> None:
    tab = open_tab()
    tab.goto(showroom.url(LUA, "/suites/"))
    away = elsewhere(tab)
    if keys == ["Enter"]:
        reach(tab, "a.exit")
    for key in keys:
        tab.keyboard.press(key)
    tab.wait_for_url(lambda url: LUA not in url, timeout=5_000)

    assert away


def test_going_back_after_quick_exit_leaves_again_until_the_guest_comes_anew(
    showroom: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab()
    away = elsewhere(tab)
    tab.goto(showroom.url(LUA))
    tab.goto(showroom.url(LUA, "/suites/"))
    for _press in range(2):
        tab.keyboard.press("Escape")
    tab.wait_for_url(lambda url: LUA not in url)

    tab.go_back(wait_until="commit")
    tab.wait_for_url(lambda url: LUA not in url)
    assert len(away) == 2

    tab.goto(showroom.url(LUA))
    tab.goto(showroom.url(LUA, "/suites/"))
    tab.go_back()
    assert tab.url == showroom.url(LUA)
    assert tab.evaluate("sessionStorage.length") == 0


def elsewhere(tab: Page) -> list[str]:
    """Answer for all other sites; return a list of the addresses that were asked for."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="elsewhere")

    tab.route(lambda url: LUA not in url, answer)
    return asked
