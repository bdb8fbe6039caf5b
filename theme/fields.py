"""The field through which every picture is kept."""

from typing import Any

from django.core.files.base import File
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from theme import pictures


class CleanPictureFile(WagtailImageFieldFile):
    """A picture's file: only what `theme.pictures` has cleaned reaches the storage."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Keep the picture. Raises `theme.pictures.BadPicture`, and keeps nothing then."""
        clean = content if pictures.is_clean(content) else pictures.cleaned(content, name)
        super().save(name, clean, save)


class PictureField(WagtailImageField):
    """A picture of a tenant."""

    attr_class = CleanPictureFile
