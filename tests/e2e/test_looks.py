"""The looks, as a browser finds them: legible, quiet while loading, and quick to leave."""

from collections.abc import Callable
from dataclasses import asdict

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.e2e.conftest import Live
from theme.enums import Theme
from theme.looks import LOOKS

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

HOST = "lua.localhost"
PAGES = ("/", "/suites/", "/suites/loft/", "/en/", "/no-such-page/")
PHONE = {"width": 390, "height": 844}
MEASURE_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("theme", Theme)
def test_every_theme_is_accessible_in_both_schemes(
    theme: Theme, scheme: str, live: Live, open_tab: Callable[[], Page]
) -> None:
    tab = open_tab()
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    tab.set_viewport_size(PHONE)
    for path in PAGES:
        tab.goto(live.url(HOST, path))
        dress = "look => Object.assign(document.documentElement.dataset, look)"
        tab.evaluate(dress, asdict(LOOKS[theme]))
        found = Axe().run(tab).response["violations"]
        assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("theme", Theme)
def test_no_theme_is_wider_than_the_narrowest_screen(
    theme: Theme, live: Live, open_tab: Callable[[], Page]
) -> None:
    tab = open_tab()
    tab.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        tab.goto(live.url(HOST, path))
        dress = "look => Object.assign(document.documentElement.dataset, look)"
        tab.evaluate(dress, asdict(LOOKS[theme]))
        assert tab.evaluate("document.documentElement.scrollWidth") == 320


def test_what_a_thumb_presses_is_large_enough(live: Live, open_tab: Callable[[], Page]) -> None:
    tab = open_tab()
    tab.set_viewport_size(PHONE)
    tab.goto(live.url(HOST))
    sizes = tab.eval_on_selector_all(
        ".quick a, .site-header a, .button",
        "links => links.map(link => link.getBoundingClientRect()).map(r => [r.width, r.height])",
    )

    assert sizes
    assert not [size for size in sizes if min(size) < 44]


def test_home_page_is_small_and_nothing_moves_while_it_loads(
    live: Live, open_tab: Callable[[], Page]
) -> None:
    tab = open_tab()
    tab.set_viewport_size(PHONE)
    tab.add_init_script(MEASURE_SHIFTS)
    answers: list[Response] = []
    tab.on("response", lambda answer: answers.append(answer))
    tab.goto(live.url(HOST))
    tab.wait_for_load_state("networkidle")

    assert len(answers) <= 15
    assert sum(len(answer.body()) for answer in answers) < 300_000
    assert tab.evaluate("window.shifted") < 0.02


def leave_by_key(tab: Page) -> None:
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")


def leave_by_button(tab: Page) -> None:
    tab.click(".exit")


@pytest.mark.parametrize("leave", [leave_by_key, leave_by_button])
def test_way_out_takes_the_page_s_place_in_the_history(
    leave: Callable[[Page], None], live: Live, open_tab: Callable[[], Page]
) -> None:
    tab = open_tab()
    tab.route("https://www.google.com/**", lambda route: route.fulfill(body="neutral"))
    tab.goto("about:blank")
    tab.goto(live.url(HOST, "/suites/"))
    leave(tab)
    tab.wait_for_url("https://www.google.com/")
    tab.go_back()

    assert tab.url == "about:blank"


def test_one_escape_is_not_enough(live: Live, open_tab: Callable[[], Page]) -> None:
    tab = open_tab()
    tab.goto(live.url(HOST, "/suites/"))
    tab.keyboard.press("Escape")

    assert tab.url == live.url(HOST, "/suites/")
