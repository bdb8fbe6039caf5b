"""The field through which every picture is kept."""

from typing import Any

from django.core.files.base import File
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from theme import uploads


class CleanPictureFile(WagtailImageFieldFile):
    """A picture's file: only what `theme.uploads` has cleaned reaches the storage."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Keep the picture. Raises `theme.uploads.BadPicture`, and keeps nothing then."""
        clean = content if uploads.is_clean(content) else uploads.cleaned(content, name)
        super().save(name, clean, save)


class PictureField(WagtailImageField):
    """A picture of a tenant."""

    attr_class = CleanPictureFile
