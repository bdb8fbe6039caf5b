"""Writes of media: the sizes and formats in which pages show a picture."""

from theme.models import SiteImage
from theme.pictures import AVIF, WEBP


def make_renditions(*, image_id: int) -> None:
    """Make all that pages may ask of a picture and that it lacks; nothing if it is gone."""
    image = SiteImage.objects.filter(pk=image_id).first()
    if image is not None:
        image.get_renditions(*WEBP, *AVIF)
