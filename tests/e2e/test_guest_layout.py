"""Pages fit every screen, and stay where they are while they load."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from infra.guests.browser import load_whole
from tests.e2e.conftest import Live
from theme.enums import Theme

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

WIDTHS = (320, 390, 1440)
MOST_SHIFT = 0.02
"""A stand-in's words are a hundredth wider or narrower: a title at the edge may break once more."""
LATE = 0.4
"""Seconds after which typefaces come, when their stand-ins have been drawn."""

OVERFLOW = """() => {
    const room = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > room + 1)
        .slice(0, 5).map(element => `${element.tagName}.${element.className}`);
}"""
CUT_PRICES = """() => [...document.querySelectorAll(".prices .amount")].filter(amount => {
    const [inner, outer] = [amount, amount.closest(".price-table-in")]
        .map(element => element.getBoundingClientRect());
    return !inner.width || inner.left < outer.left - 1 || inner.right > outer.right + 1;
}).map(amount => amount.textContent)"""
LEFT_OUT = """() => [...document.querySelectorAll("main *")].filter(element =>
    element.checkVisibility() && !element.checkVisibility({ contentVisibilityAuto: true })
).length"""
WATCH_SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("theme", Theme.values)
def test_no_page_scrolls_sideways(
    showroom: Live, open_tab: Callable[..., Page], theme: str
) -> None:
    showroom.wear(theme)
    tab = open_tab()
    found = {}

    for page in showroom.main_pages:
        tab.goto(showroom.at(page))
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 844})
            if elements := tab.evaluate(OVERFLOW):
                found[page.kind, width] = elements

    assert found == {}


@pytest.mark.parametrize("theme", Theme.values)
def test_prices_are_whole_on_every_screen(
    showroom: Live, open_tab: Callable[..., Page], theme: str
) -> None:
    showroom.wear(theme)
    tab = open_tab()
    tab.goto(showroom.url("sol.localhost", "/suites/suite-master/"))
    assert tab.locator(".prices .amount").count()
    cut = {}

    for width in (*WIDTHS, 640, 768, 1024):
        tab.set_viewport_size({"width": width, "height": 844})
        if amounts := tab.evaluate(CUT_PRICES):
            cut[width] = amounts

    assert cut == {}


def test_what_a_search_finds_is_seen_at_once(showroom: Live, open_tab: Callable[..., Page]) -> None:
    tab = open_tab(viewport={"width": 390, "height": 844})

    tab.goto(showroom.url("sol.localhost", "/suites/?q=xyzzy&tem=hidro&ate=500"))

    filters = tab.locator(".suite-filter")
    expect(filters).not_to_have_attribute("open", "")
    expect(filters.locator("summary")).to_contain_text("xyzzy")
    expect(filters.locator("summary")).to_contain_text("R$ 500")
    expect(tab.locator("#resultado")).to_be_in_viewport()
    tab.locator(".suite-all a").click()
    expect(tab.locator(".suite-card").first).to_be_visible()
    assert tab.url == showroom.url("sol.localhost", "/suites/")


def come_late(route: Route) -> None:
    time.sleep(LATE)
    route.continue_()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", Theme.values)
def test_home_page_stays_in_place_while_it_loads(
    showroom: Live, open_tab: Callable[..., Page], theme: str, width: int
) -> None:
    showroom.wear(theme)
    tab = open_tab(viewport={"width": width, "height": 844})
    tab.add_init_script(WATCH_SHIFTS)
    tab.route("**/*.woff2", come_late)

    tab.goto(showroom.url("lua.localhost"))
    load_whole(tab)
    tab.mouse.wheel(0, 10_000)
    tab.wait_for_load_state("networkidle")

    assert tab.evaluate("window.shifts") < MOST_SHIFT
