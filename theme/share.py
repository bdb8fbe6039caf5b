"""The picture that goes with a page's link when people share it.

It is drawn from the page's title and the site's look, 1200 by 630, when somebody first asks for
it, and kept among the tenant's files under a digest of all that is in it. Where titles are
neutral, the picture has colours only.
"""

import hashlib
import io
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from wagtail.models import Page

from tenancy.storage import tenant_prefix
from theme.enums import Face, Scheme, Theme
from theme.palettes import Palette, lettering_of, palette_of
from theme.selectors import HOME_DEPTH, Venue

WIDTH, HEIGHT = 1200, 630
MARGIN = 84
DRAWING = 2
"""Raised when the drawing changes, so that addresses do."""

LARGEST, SMALLEST = 104, 56
LINES = 3


@dataclass(frozen=True)
class Card:
    """All that is in a picture; a discreet one has no words. `accent` is the property's own."""

    theme: str
    scheme: str
    face: str
    accent: str = ""
    title: str = ""
    name: str = ""
    place: str = ""

    @property
    def digest(self) -> str:
        text = "\x1f".join([str(DRAWING), *map(str, astuple(self))])
        return hashlib.sha256(text.encode()).hexdigest()[:20]


def card_of(page: Page, venue: Venue) -> Card:
    """Return what the picture of a page is to say."""
    settings, look = venue.settings, venue.look
    scheme = _scheme_of(look.theme, look.scheme)
    plain = Card(look.theme, scheme, look.face, settings.accent(Scheme(scheme)))
    if settings.is_title_neutral:
        return plain
    name = venue.property.name
    title = name if page.depth == HOME_DEPTH else page.title
    place = f"{settings.city} · {settings.state}"
    return replace(plain, title=title, name="" if title == name else name, place=place)


def _scheme_of(theme: str, scheme: str) -> str:
    """Return the scheme in which a theme is itself, unless the property has chosen one."""
    if scheme != Scheme.AUTO:
        return scheme
    return Scheme.DARK.value if theme == Theme.NIGHT else Scheme.LIGHT.value


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
    palette = palette_of(card.theme, card.scheme)
    if card.accent:
        palette = replace(palette, accent=card.accent)
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
    place, name = (_cut(text, Ruler(pen, small)) for text in (card.place, card.name))
    pen.text((MARGIN, MARGIN), place, font=small, fill=palette.accent)
    title, font = _fitted(pen, card)
    bottom = HEIGHT - MARGIN - (64 if card.name else 0)
    pen.multiline_text((MARGIN, bottom), title, font=font, fill=palette.ink, anchor="ld", spacing=8)
    pen.text((MARGIN, HEIGHT - MARGIN), name, font=small, fill=palette.ink_soft, anchor="ld")


def _sans(size: int) -> ImageFont.FreeTypeFont:
    return _font(lettering_of(Face.FIGTREE.value).file, size, 600)


def _font(file: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(file), size)
    with suppress(OSError):  # a typeface that comes at one weight
        font.set_variation_by_axes([weight])
    return font


@dataclass(frozen=True)
class Ruler:
    """Knows what fits in a line."""

    pen: ImageDraw.ImageDraw
    font: ImageFont.FreeTypeFont

    def fits(self, text: str) -> bool:
        return self.pen.textlength(text, font=self.font) <= WIDTH - 2 * MARGIN


def _fitted(pen: ImageDraw.ImageDraw, card: Card) -> tuple[str, ImageFont.FreeTypeFont]:
    """Return the title broken into at most three lines, in the largest size that holds them."""
    lettering = lettering_of(card.face)
    title = card.title.upper() if lettering.is_upper else card.title
    for size in range(LARGEST, SMALLEST - 1, -8):
        font = _font(lettering.file, size, lettering.weight)
        ruler = Ruler(pen, font)
        lines = _broken(title, ruler)
        if len(lines) <= LINES and all(map(ruler.fits, lines)):
            break
    last = " ".join(lines[LINES - 1 :])
    return "\n".join(_cut(line, ruler) for line in [*lines[: LINES - 1], last] if line), font


def _broken(title: str, ruler: Ruler) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and ruler.fits(longer):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(text: str, ruler: Ruler) -> str:
    """Return a text as it is, or as much of it as fits in a line."""
    if ruler.fits(text):
        return text
    ends = range(len(text), 0, -1)
    return next((cut for end in ends if ruler.fits(cut := f"{text[:end].rstrip()}…")), "…")
