"""axe-core finds nothing to complain of, on any type of page."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from infra.guests.pages import GuestPage
from tests.e2e.conftest import Live
from theme.enums import Theme

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def violations(tab: Page, page: GuestPage, options: dict[str, Any]) -> list[str]:
    found = Axe().run(tab, options=options).response["violations"]
    return [
        f"{page.kind} {page.language}: {violation['id']} at {', '.join(node['target'])}: "
        f"{node['failureSummary'].splitlines()[-1].strip()}"
        for violation in found
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("theme", Theme.values)
def test_no_page_has_a_barrier_in_any_theme_light_or_dark(
    showroom: Live, open_tab: Callable[..., Page], theme: str
) -> None:
    showroom.wear(theme)
    tab = open_tab(viewport={"width": 390, "height": 844}, color_scheme="light")
    found = []

    for page in showroom.main_pages:
        tab.goto(showroom.at(page))
        found += violations(tab, page, EVERYTHING)
        tab.emulate_media(color_scheme="dark")
        found += [f"dark {text}" for text in violations(tab, page, COLOURS)]
        tab.emulate_media(color_scheme="light")

    assert found == []


def test_no_page_has_a_barrier_in_any_language(
    showroom: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab()
    found = []

    for page in showroom.pages:
        tab.goto(showroom.at(page))
        found += violations(tab, page, EVERYTHING)

    assert found == []
