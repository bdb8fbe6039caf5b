"""Maps of the streets around the demo's houses, which are as made up as the houses themselves.

A map is 160 by 100 units, drawn larger than it is kept so that its lines are smooth.
"""

import math
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from theme.enums import Face, Scheme, Theme
from theme.palettes import lettering_of, palette_of

UNITS = (160, 100)
KEPT, DRAWN = 10, 20
"""Pixels a unit has in the file, and while it is drawn."""

GREEN, WATER = "#3f9d5a", "#0d2b45"

Point = tuple[float, float]


@dataclass(frozen=True)
class Street:
    """A street along some points.

    Its name stands `at` a share of its longest stretch, so many units `above` it.
    """

    points: tuple[Point, ...]
    width: float
    name: str = ""
    at: float = 0.5
    above: float = 0


@dataclass(frozen=True)
class Map:
    """The streets around a house, the way that its page tells, and what lies beside them."""

    name: str
    theme: Theme
    scheme: Scheme
    streets: tuple[Street, ...]
    way: tuple[Point, ...]
    greens: tuple[tuple[Point, Point], ...]
    water: tuple[Point, ...] = ()


def _grid(slope: float, first: float, step: float, count: int) -> tuple[Street, ...]:
    """Return parallel side streets that cross the whole map, leaning by `slope`."""
    starts = (first + step * each for each in range(count))
    return tuple(Street(((x, -5), (x + slope * 110, 105)), 1.2) for x in starts)


MAPS = (
    Map(
        "lua-map",
        Theme.NIGHT,
        Scheme.DARK,
        streets=(
            *_grid(-0.16, 18, 19, 8),
            Street(((-5, 18), (165, 30)), 1.2),
            Street(((-5, 80), (165, 92)), 1.2),
            Street(((28, 55.2), (102.4, 60.5)), 1.2, "Passagem da Lua Cheia", 0.45, -5),
            Street(((-5, 38), (165, 50)), 6, "Av. Almirante Barroso", 0.83),
        ),
        way=((-5, 38), (104.8, 45.8), (102.4, 60.5), (66, 57.9)),
        greens=(((118, 56), (150, 84)),),
    ),
    Map(
        "lua-centro-map",
        Theme.TROPICAL,
        Scheme.DARK,
        streets=(
            *_grid(0.1, -8, 17, 10),
            Street(((-5, 24), (165, 16)), 1.2),
            Street(((-5, 84), (165, 76)), 1.2),
            Street(((66, 58.6), (165, 54)), 1.2, "Travessa do Sereno", 0.34, -5),
            Street(((61, 105), (70, -5)), 6, "Av. Pres. Vargas", 0.235),
        ),
        way=((70, -5), (64.8, 58.6), (112, 56.4)),
        water=(
            *((-5, -5), (27, -5), (24, 8), (22, 22), (22, 34), (24, 46), (27, 58)),
            *((28, 70), (27, 82), (23, 94), (18, 105), (-5, 105)),
        ),
        greens=(((74, 26), (98, 46)),),
    ),
    Map(
        "sol-map",
        Theme.CLEAR,
        Scheme.LIGHT,
        streets=(
            *_grid(0.2, -30, 24, 9),
            Street(((-5, 48), (165, 28)), 1.2),
            Street(((-5, 68), (40, 62), (64, 60)), 1.2),
            Street(
                ((60, 88), (66, 62), (92, 40), (128, 34)), 1.8, "Alameda do Sol Nascente", 0.62, -6
            ),
            Street(((-5, 94), (60, 88), (165, 84)), 6.4, "BR-316", 0.6),
        ),
        way=((-5, 94), (60, 88), (66, 62), (92, 40), (128, 34)),
        greens=(((112, 10), (146, 26)), ((14, 12), (36, 28))),
    ),
)


def draw_map(wanted: Map) -> Image.Image:
    """Return the picture of a map in its theme's colours."""
    image = Image.new("RGB", _pixels(UNITS))
    palette = palette_of(wanted.theme.value, wanted.scheme.value)
    pen = ImageDraw.Draw(image)
    ground = _mixed(palette.ground, palette.ink, 0.07)
    paved = _mixed(palette.ground, palette.ink, 0.24)
    pen.rectangle((0, 0, *image.size), fill=ground)
    for corner, opposite in wanted.greens:
        box = (*_pixels(corner), *_pixels(opposite))
        pen.rounded_rectangle(box, 2 * DRAWN, fill=_mixed(ground, GREEN, 0.2))
    for street in wanted.streets:
        _line(pen, street.points, street.width, paved)
    if wanted.water:
        shore = [_pixels(point) for point in wanted.water]
        pen.polygon(shore, fill=_mixed(palette.ground, WATER, 0.45))
    _line(pen, wanted.way, 2, palette.accent)
    for street in wanted.streets:
        _write(image, street, palette.ink, ground if street.above else paved)
    _pin(pen, wanted.way[-1], palette.accent, palette.ground)
    kept = (UNITS[0] * KEPT, UNITS[1] * KEPT)
    return image.resize(kept, Image.Resampling.LANCZOS)


def _pixels(point: Point) -> tuple[int, int]:
    return round(point[0] * DRAWN), round(point[1] * DRAWN)


def _line(pen: ImageDraw.ImageDraw, points: tuple[Point, ...], width: float, colour: str) -> None:
    pen.line([_pixels(point) for point in points], colour, round(width * DRAWN), joint="curve")


def _pin(pen: ImageDraw.ImageDraw, point: Point, colour: str, ground: str) -> None:
    """Draw a drop whose tip is at a point."""
    x, y = _pixels(point)
    radius, rise = 4 * DRAWN, 9 * DRAWN
    pen.polygon([(x, y), (x - radius, y - rise + 27), (x + radius, y - rise + 27)], fill=colour)
    pen.circle((x, y - rise), radius * 1.08, fill=colour)
    pen.circle((x, y - rise), radius * 0.4, fill=ground)


def _write(image: Image.Image, street: Street, ink: str, halo: str) -> None:
    """Write a street's name along its longest stretch."""
    if not street.name:
        return
    start, end = max(zip(street.points, street.points[1:], strict=False), key=_length)
    if start[0] > end[0]:
        start, end = end, start
    font = ImageFont.truetype(str(lettering_of(Face.FIGTREE.value).file), round(4.3 * DRAWN))
    font.set_variation_by_axes([600])
    left, top, right, bottom = font.getbbox(street.name, stroke_width=12)
    word = Image.new("RGBA", (round(right - left), round(bottom - top)))
    place = (-left, -top)
    ImageDraw.Draw(word).text(place, street.name, ink, font, stroke_width=12, stroke_fill=halo)
    slope = math.degrees(math.atan2(start[1] - end[1], end[0] - start[0]))
    turned = word.rotate(slope, Image.Resampling.BICUBIC, expand=True)
    across, down = end[0] - start[0], end[1] - start[1]
    x, y = _pixels((start[0] + street.at * across, start[1] + street.at * down - street.above))
    image.paste(turned, (x - turned.width // 2, y - turned.height // 2), turned)


def _length(stretch: tuple[Point, Point]) -> float:
    (x1, y1), (x2, y2) = stretch
    return math.hypot(x2 - x1, y2 - y1)


def _mixed(ground: str, colour: str, share: float) -> str:
    """Return a colour, #rrggbb, laid over a ground with a share of its own strength."""
    pairs = zip(bytes.fromhex(ground[1:]), bytes.fromhex(colour[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()
