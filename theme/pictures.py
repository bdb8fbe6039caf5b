"""In which widths and formats pages show a picture, and around which point frames crop it.

See docs/adr/0025.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from math import ceil, floor
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import Filter
from wagtail.images.shortcuts import get_renditions_or_not_found

from theme.models import SiteImage, SiteRendition

FORMATS = ("webp", "avif")
"""What a guest would wait for comes first."""
WIDTHS = (480, 750, 1200, 1800)
READ = "prefetched_renditions"
"""Where Wagtail looks for what has been read of a picture, before it asks anybody."""
STEP = 5
"""Per cent: `focus.css` has a class for each step across a picture, and one for each down."""


def specs_of(form: str) -> tuple[str, ...]:
    """Return the renditions' specs in a format, "avif" or "webp", narrow ones first."""
    return tuple(f"width-{width}|format-{form}" for width in WIDTHS)


@cache
def filters_of(form: str) -> tuple[Filter, ...]:
    """Return the same as Wagtail's filters, which read their specs only once."""
    return tuple(Filter(spec=spec) for spec in specs_of(form))


def read_renditions(images: Iterable[SiteImage | None]) -> None:
    """Read what is made of pictures, in one query for all, right before they are drawn.

    Of a picture that is kept for many pages it is read again until all is made of it.
    """
    wanted = [image for image in images if image and not is_complete(image)]
    for image in wanted:
        image.__dict__.pop(READ, None)
    prefetch_related_objects(wanted, Prefetch("renditions", to_attr=READ))


def is_complete(image: SiteImage) -> bool:
    """Return whether everything that pages may show of a picture has been made and read."""
    filters = [each for form in FORMATS for each in filters_of(form)]
    return READ in vars(image) and len(image.find_existing_renditions(*filters)) == len(filters)


def picture_of(image: SiteImage, attributes: dict[str, str]) -> SafeString:
    """Draw a picture in all widths: in AVIF where that is made already, and in WebP.

    A guest waits for WebP where it is missing; AVIF takes ten times as long, and is a task's.
    Wagtail's own tags write the same: each attribute of each by itself, in four times the time.
    """
    if focus := focus_of(image):
        attributes = {**attributes, "class": focus}
    if READ not in vars(image):
        read_renditions([image])
    avif, webp = filters_of("avif"), filters_of("webp")
    made = image.find_existing_renditions(*avif, *webp)
    if not made.keys() >= set(webp):
        found = get_renditions_or_not_found(image, webp)
        made |= {each: found[each.spec] for each in webp}
    first = made[webp[0]]
    facts = {"src": first.url, "width": first.width, "height": first.height, "alt": first.alt}
    webps = _attributes(srcset=_srcset(made, webp), **facts, **attributes)
    if not made.keys() >= set(avif):
        return mark_safe(f"<picture><img{webps}></picture>")  # noqa: S308 (escaped below)
    avifs = _attributes(srcset=_srcset(made, avif), sizes=attributes["sizes"], type="image/avif")
    return mark_safe(f"<picture><source{avifs}><img{webps}></picture>")  # noqa: S308 (as above)


def _attributes(**attributes: Any) -> str:
    pairs = sorted(attributes.items())
    return "".join(f' {name}="{escape(str(value))}"' for name, value in pairs)


def _srcset(made: Mapping[Filter, SiteRendition], filters: Iterable[Filter]) -> str:
    return ", ".join(f"{made[each].url} {made[each].width}w" for each in filters)


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
