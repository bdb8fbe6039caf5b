"""In which shapes, widths and formats pages show a picture. See docs/adr/0025."""

from enum import StrEnum

from wagtail.images.models import Filter, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from theme.models import SiteImage


class Shape(StrEnum):
    """What of a picture is shown: all, or a square around its focal point."""

    WHOLE = "whole"
    SQUARE = "square"


WIDTHS = {Shape.WHOLE: (480, 750, 1200, 1800), Shape.SQUARE: (480, 750, 1080, 1600)}
OPERATION = {Shape.WHOLE: "width-{0}", Shape.SQUARE: "fill-{0}x{0}"}


def specs_of(shape: Shape, form: str) -> tuple[str, ...]:
    """Return the renditions' specs of a shape in a format, "avif" or "webp", narrow ones first."""
    operation = OPERATION[shape]
    return tuple(f"{operation.format(width)}|format-{form}" for width in WIDTHS[shape])


def picture_of(image: SiteImage, shape: Shape, attributes: dict[str, str]) -> Picture:
    """Return a picture in all widths: in AVIF where that is made already, and in WebP.

    A guest waits for WebP where it is missing; AVIF takes ten times as long, and is a task's.
    """
    avif, webp = specs_of(shape, "avif"), specs_of(shape, "webp")
    found = image.find_existing_renditions(*(Filter(spec=spec) for spec in (*avif, *webp)))
    made = {each.spec: rendition for each, rendition in found.items()}
    specs = (*avif, *webp) if made.keys() >= set(avif) else webp
    if made.keys() >= set(specs):
        return Picture({spec: made[spec] for spec in specs}, attributes)
    return Picture(get_renditions_or_not_found(image, specs), attributes)
