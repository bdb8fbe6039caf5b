"""In which widths and formats pages show a picture, and around which point frames crop it.

See docs/adr/0025.
"""

from math import ceil, floor

from wagtail.images.models import Filter, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from theme.models import SiteImage

WIDTHS = (480, 750, 1200, 1800)
WEBP = tuple(f"width-{width}|format-webp" for width in WIDTHS)
AVIF = tuple(f"width-{width}|format-avif" for width in WIDTHS)

STEP = 5
"""Per cent: `focus.css` has a class for each step across a picture, and one for each down."""


def picture_of(image: SiteImage, attributes: dict[str, str]) -> Picture:
    """Return a picture in all widths: in AVIF where that is made already, and in WebP.

    A guest waits for WebP where it is missing; AVIF takes ten times as long, and is a task's.
    """
    if focus := focus_of(image):
        attributes = {**attributes, "class": focus}
    found = image.find_existing_renditions(*(Filter(spec=spec) for spec in (*AVIF, *WEBP)))
    made = {each.spec: rendition for each, rendition in found.items()}
    specs = (*AVIF, *WEBP) if made.keys() >= set(AVIF) else WEBP
    if made.keys() >= set(specs):
        return Picture({spec: made[spec] for spec in specs}, attributes)
    return Picture(get_renditions_or_not_found(image, specs), attributes)


def focus_of(image: SiteImage) -> str:
    """Return the classes that keep a picture's focal point in any frame's sight; "" for none.

    A frame that crops it shows the point as far across itself as it is across the picture.
    """
    if not image.has_focal_point():
        return ""
    across = _step(image.focal_point_x, image.width)
    down = _step(image.focal_point_y, image.height)
    return f"focus-x-{across} focus-y-{down}"


def _step(place: int, length: int) -> int:
    """Return a place in per cent, rounded towards the nearer edge: the other way might lose it."""
    steps = 100 // STEP * place / length
    return STEP * (floor(steps) if 2 * place < length else ceil(steps))
