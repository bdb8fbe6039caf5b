"""Words over pictures and gradients can be read, measured by the pixels: axe-core cannot tell."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FloatRect, Page

from infra.guests.browser import load_whole
from tests.e2e.conftest import Live
from theme.enums import Theme

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

NORMAL, LARGE = 4.5, 3.0
SPARED = 0.05
"""The share of pixels behind a word that may be worse: edges, a star, a lamp."""

# Finds the elements that have words of their own over a picture or a gradient.
FIND_WORDS = """() => {
    const pictures = [...document.images].map(picture => picture.getBoundingClientRect());
    const isOverPicture = box => pictures.some(picture =>
        box.left < picture.right && box.right > picture.left
        && box.top < picture.bottom && box.bottom > picture.top);
    const isOverGradient = element => element !== null
        && (getComputedStyle(element).backgroundImage !== "none"
            || isOverGradient(element.parentElement));
    window.words = [...document.querySelectorAll("body *")].filter(element => {
        const box = element.getBoundingClientRect();
        const isSeen = element.checkVisibility({ visibilityProperty: true })
            && box.width > 2 && box.height > 2 && box.right > 0;
        const hasWords = [...element.childNodes].some(
            node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        return isSeen && hasWords && (isOverPicture(box) || isOverGradient(element));
    });
    return window.words.length;
}"""
# Hides the words of one of them, and says where they were, and how they looked.
HIDE_WORDS = """number => {
    const element = window.words[number];
    element.scrollIntoView({ block: "center" });
    const range = document.createRange();
    range.selectNodeContents(element);
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = style.color;
    canvas.fillRect(0, 0, 1, 1);
    const words = {
        name: `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 30)}`,
        colour: [...canvas.getImageData(0, 0, 1, 1).data],
        isLarge: size >= 24 || size >= 18.66 && parseInt(style.fontWeight) >= 700,
        boxes: [...range.getClientRects()]
            .filter(box => box.width >= 1 && box.height >= 1)
            .map(box => ({ x: box.x, y: box.y, width: box.width, height: box.height })),
    };
    for (const each of [element, ...element.querySelectorAll("*")]) {
        each.style.transition = "none";
        each.style.setProperty("color", "transparent", "important");
    }
    return words;
}"""

SHOW_WORDS = """number => {
    const element = window.words[number];
    for (const each of [element, ...element.querySelectorAll("*")]) {
        each.style.removeProperty("color");
    }
}"""


def luminance(colour: tuple[int, ...]) -> float:
    """Return a colour's relative luminance (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def worst_contrast(tab: Page, words: dict[str, Any]) -> float:
    """Return the contrast that all but the spared pixels behind the words have at least."""
    ink = luminance(tuple(words["colour"]))
    found: list[float] = []
    for box in words["boxes"]:
        picture = pixels(tab, FloatRect(**box))
        counts = picture.getcolors(picture.width * picture.height) or []
        for count, colour in counts:
            found += [contrast(ink, luminance(colour))] * count  # type: ignore[arg-type]  # RGB
    return sorted(found)[int(len(found) * SPARED)]


def pixels(tab: Page, box: FloatRect) -> Image.Image:
    return Image.open(io.BytesIO(tab.screenshot(clip=box))).convert("RGB")


def illegible(tab: Page) -> list[str]:
    """Return the words on a page with too little contrast to the picture behind them."""
    found = []
    for number in range(tab.evaluate(FIND_WORDS)):
        words = tab.evaluate(HIDE_WORDS, number)
        measured = worst_contrast(tab, words)
        tab.evaluate(SHOW_WORDS, number)
        if measured < (LARGE if words["isLarge"] else NORMAL):
            found.append(f"{words['name']}: {measured:.1f}")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", Theme.values)
def test_words_over_pictures_can_be_read(
    showroom: Live, open_tab: Callable[..., Page], theme: str, scheme: str
) -> None:
    showroom.wear(theme)
    tab = open_tab(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    found = {}

    for page in showroom.main_pages:
        tab.goto(showroom.at(page))
        load_whole(tab)
        if elements := illegible(tab):
            found[page.kind] = elements

    assert found == {}
