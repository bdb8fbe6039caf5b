"""In which shapes, widths and formats pages show a picture. See docs/adr/0025."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from html import escape
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import Filter
from wagtail.images.shortcuts import get_renditions_or_not_found

from theme.models import SiteImage, SiteRendition


class Shape(StrEnum):
    """What of a picture is shown: all, or a square around its focal point."""

    WHOLE = "whole"
    SQUARE = "square"


FORMATS = ("webp", "avif")
"""What a guest would wait for comes first."""

READ = "prefetched_renditions"
"""Where Wagtail looks for what has been read of a picture, before it asks anybody."""

WIDTHS = {Shape.WHOLE: (480, 750, 1200, 1800), Shape.SQUARE: (480, 750, 1080, 1600)}
OPERATION = {Shape.WHOLE: "width-{0}", Shape.SQUARE: "fill-{0}x{0}"}


def specs_of(shape: Shape, form: str) -> tuple[str, ...]:
    """Return the renditions' specs of a shape in a format, "avif" or "webp", narrow ones first."""
    operation = OPERATION[shape]
    return tuple(f"{operation.format(width)}|format-{form}" for width in WIDTHS[shape])


@cache
def filters_of(shape: Shape, form: str) -> tuple[Filter, ...]:
    """Return the same as Wagtail's filters, which read their specs only once."""
    return tuple(Filter(spec=spec) for spec in specs_of(shape, form))


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
    filters = [each for shape in Shape for form in FORMATS for each in filters_of(shape, form)]
    return READ in vars(image) and len(image.find_existing_renditions(*filters)) == len(filters)


def picture_of(image: SiteImage, shape: Shape, attributes: dict[str, str]) -> SafeString:
    """Draw a picture in all widths: in AVIF where that is made already, and in WebP.

    A guest waits for WebP where it is missing; AVIF takes ten times as long, and is a task's.
    Wagtail's own tags write the same: each attribute of each by itself, in four times the time.
    """
    if READ not in vars(image):
        read_renditions([image])
    avif, webp = filters_of(shape, "avif"), filters_of(shape, "webp")
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
