"""Every block's preview, drawn by a browser in each theme: accessible, and within the policy.

`./run blocks` has this module write what docs/blocks.md shows.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page

from infra.local.checkout import ROOT
from sites.library import BlockNote, block_notes
from tests.browsing import serve_from
from tests.conftest import StaffClient
from theme.enums import Theme

pytestmark = pytest.mark.django_db

NOTES = {note.name: note for note in block_notes()}
PICTURES = ROOT / "docs" / "images" / "blocks"
IS_DRAWING = "DRAW_BLOCKS" in os.environ
WIDTHS = (1440, 390)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def tab(browser: Browser, staff: StaffClient, lua) -> Iterator[Page]:
    client = staff(lua, "editor")
    context = browser.new_context(reduced_motion="reduce", locale="pt-BR")
    serve_from(client, context)
    yield context.new_page()
    context.close()


def show(tab: Page, note: BlockNote, theme: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 600})
    address = reverse("wagtailadmin_block_preview")
    query = f"id={note.block.definition_prefix}&theme={theme}"
    tab.goto(f"http://lua.painel.localhost{address}?{query}", wait_until="networkidle")
    tab.evaluate("document.fonts.ready")


@pytest.mark.parametrize("theme", Theme.values)
@pytest.mark.parametrize("name", NOTES)
def test_preview_is_accessible_and_fits_every_width(tab: Page, name: str, theme: str) -> None:
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.emulate_media(color_scheme="dark" if theme == Theme.NIGHT else "light")

    for width in WIDTHS:
        show(tab, NOTES[name], theme, width)

        assert tab.evaluate("document.documentElement.dataset.theme") == theme
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        violations = Axe().run(tab, options=RULES).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []
        if IS_DRAWING and width == WIDTHS[0]:
            draw(tab, PICTURES / f"{name}-{theme}.webp")
    assert complaints == []


def draw(tab: Page, path: Path) -> None:
    """Keep a small picture of the block on the page."""
    picture = Image.open(BytesIO(tab.locator("main").screenshot()))
    picture.thumbnail((560, 560))
    path.parent.mkdir(exist_ok=True)
    picture.convert("RGB").save(path, quality=58, method=6)


def test_preview_takes_the_site_s_theme_when_none_is_asked_for(tab: Page) -> None:
    show(tab, NOTES["notice"], "no-theme", 390)

    assert tab.evaluate("document.documentElement.dataset.theme") == Theme.NIGHT


def test_a_video_elsewhere_is_asked_for_only_after_the_guest_s_touch(tab: Page) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    show(tab, NOTES["embed"], Theme.NIGHT, 1440)
    before = [url for url in asked if "vimeo" in url]

    with tab.expect_request("https://player.vimeo.com/video/22439234?dnt=1&autoplay=1"):
        tab.click("a[data-embed]")

    assert before == []
    frame = tab.locator("iframe")
    assert frame.get_attribute("title") == NOTES["embed"].block.meta.preview_value["heading"]
    assert "https://player.vimeo.com" in settings.GUEST_CSP


def test_answers_open_without_a_script(tab: Page) -> None:
    show(tab, NOTES["faq"], Theme.CLEAR, 390)

    tab.click("summary >> nth=1")

    assert tab.locator("details >> nth=1").locator(".prose").is_visible()
