"""Fields of models: pictures, and amounts of money."""

from typing import Any

from django.core.files.base import File
from django.db import models
from django.forms import Field
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from theme import uploads
from theme.reais import ReaisField


class CleanPictureFile(WagtailImageFieldFile):
    """A picture's file: only what `theme.uploads` has cleaned reaches the storage."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Keep the picture. Raises `theme.uploads.BadPicture`, and keeps nothing then."""
        clean = content if uploads.is_clean(content) else uploads.cleaned(content, name)
        super().save(name, clean, save)


class PictureField(WagtailImageField):
    """A picture of a tenant."""

    attr_class = CleanPictureFile


class CentavosField(models.PositiveIntegerField[Any, Any]):
    """An amount of money in centavos, which people read and write in reais."""

    def formfield(self, **kwargs: Any) -> Field | None:
        return super().formfield(**{"form_class": ReaisField, **kwargs})
