"""Writes of media: the sizes and formats in which pages show a picture."""

from theme.models import SiteImage
from theme.pictures import FORMATS, specs_of


def make_renditions(*, image_id: int) -> None:
    """Make all that pages may ask of a picture and that it lacks; nothing if it is gone."""
    image = SiteImage.objects.filter(pk=image_id).first()
    if image is not None:
        for form in FORMATS:
            image.get_renditions(*specs_of(form))
