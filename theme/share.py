"""The picture that goes with a page's link when people share it.

It is drawn from the page's title and the site's theme, 1200 by 630, when somebody first asks for
it, and kept among the tenant's files under a digest of all that is in it. A discreet site's
picture has its colours only.
"""

import hashlib
import io
from dataclasses import astuple, dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from wagtail.models import Page

from tenancy.storage import tenant_prefix
from theme.palette import Palette, font_file, palette_of
from theme.selectors import HOME_DEPTH, Venue

WIDTH, HEIGHT = 1200, 630
MARGIN = 84
DRAWING = 1
"""Raised when the drawing changes, so that addresses do."""

LARGEST, SMALLEST = 104, 56
LINES = 3


@dataclass(frozen=True)
class Card:
    """All that is in a picture; a discreet one has no words."""

    theme: str
    title: str = ""
    name: str = ""
    place: str = ""

    @property
    def digest(self) -> str:
        text = "\x1f".join([str(DRAWING), *map(str, astuple(self))])
        return hashlib.sha256(text.encode()).hexdigest()[:20]


def card_of(page: Page, venue: Venue) -> Card:
    """Return what the picture of a page is to say."""
    settings = venue.settings
    if settings.is_discreet:
        return Card(settings.theme)
    name = venue.property.name
    title = name if page.depth == HOME_DEPTH else page.title
    place = f"{settings.city} · {settings.state}"
    return Card(settings.theme, title, "" if title == name else name, place)


def path_of(page: Page, venue: Venue) -> str:
    """Return the picture's path on the site's host."""
    return reverse("share_picture", args=[page.pk, card_of(page, venue).digest])


def picture_of(card: Card) -> bytes:
    """Return the picture as PNG: the one that is kept, or else a new one, which then is."""
    name = f"{tenant_prefix()}share/{card.digest}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            return bytes(file.read())
    content = draw(card)
    default_storage.save(name, ContentFile(content))
    return content


def draw(card: Card) -> bytes:
    """Draw a card."""
    palette = palette_of(card.theme)
    image = _ground(palette)
    if card.title:
        _write(ImageDraw.Draw(image), card, palette)
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def _ground(palette: Palette) -> Image.Image:
    """Return the theme's ground, with its two accents glowing from the corners."""
    image = Image.new("RGB", (WIDTH, HEIGHT), palette.ground)
    for colour, centre, strength in (
        (palette.accent_deep, (WIDTH, HEIGHT), 150),
        (palette.accent, (WIDTH - 60, -80), 110),
    ):
        glow = Image.new("L", (WIDTH // 8, HEIGHT // 8))
        x, y, radius = centre[0] // 8, centre[1] // 8, 46
        box = (x - radius, y - radius, x + radius, y + radius)
        ImageDraw.Draw(glow).ellipse(box, fill=strength)
        soft = glow.filter(ImageFilter.GaussianBlur(20)).resize(image.size)
        image.paste(colour, (0, 0, WIDTH, HEIGHT), soft)
    return image


def _write(pen: ImageDraw.ImageDraw, card: Card, palette: Palette) -> None:
    small = _sans(34)
    pen.text((MARGIN, MARGIN), card.place, font=small, fill=palette.accent)
    title, font = _fitted(pen, card.title, palette)
    bottom = HEIGHT - MARGIN - (64 if card.name else 0)
    pen.multiline_text((MARGIN, bottom), title, font=font, fill=palette.ink, anchor="ld", spacing=8)
    low = (MARGIN, HEIGHT - MARGIN)
    pen.text(low, card.name, font=small, fill=palette.ink_soft, anchor="ld")


def _sans(size: int) -> ImageFont.FreeTypeFont:
    return _font(font_file("Figtree"), size, {b"Weight": 600})


def _display(palette: Palette, size: int) -> ImageFont.FreeTypeFont:
    return _font(palette.display, size, {b"Weight": 500, b"Optical size": palette.optical_size})


def _font(file: Path, size: int, axes: dict[bytes, int]) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(file), size)
    wanted = {name.lower(): value for name, value in axes.items()}
    font.set_variation_by_axes(
        [wanted[bytes(axis["name"]).lower()] for axis in font.get_variation_axes()]
    )
    return font


def _fitted(
    pen: ImageDraw.ImageDraw, title: str, palette: Palette
) -> tuple[str, ImageFont.FreeTypeFont]:
    """Return the title broken into at most three lines, in the largest size that holds them."""
    for size in range(LARGEST, SMALLEST - 1, -8):
        font = _display(palette, size)
        lines = _broken(pen, title, font)
        if len(lines) <= LINES:
            break
    return "\n".join(lines[:LINES]), font


def _broken(pen: ImageDraw.ImageDraw, title: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, font=font) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
