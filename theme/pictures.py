"""In which widths and formats pages show a picture. See docs/adr/0025."""

from wagtail.images.models import Filter, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from theme.models import SiteImage

WIDTHS = (480, 800, 1200, 1800)
WEBP = tuple(f"width-{width}|format-webp" for width in WIDTHS)
AVIF = tuple(f"width-{width}|format-avif" for width in WIDTHS)


def picture_of(image: SiteImage, attributes: dict[str, str]) -> Picture:
    """Return a picture in all widths: in AVIF where that is made already, and in WebP.

    A guest waits for WebP where it is missing; AVIF takes ten times as long, and is a task's.
    """
    found = image.find_existing_renditions(*(Filter(spec=spec) for spec in (*AVIF, *WEBP)))
    made = {each.spec: rendition for each, rendition in found.items()}
    specs = (*AVIF, *WEBP) if made.keys() >= set(AVIF) else WEBP
    if made.keys() >= set(specs):
        return Picture({spec: made[spec] for spec in specs}, attributes)
    return Picture(get_renditions_or_not_found(image, specs), attributes)
