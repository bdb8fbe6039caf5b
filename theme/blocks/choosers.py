"""Choosers of what editors have uploaded or written elsewhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from theme.documents import CAPTIONS, VIDEOS, extension_of
from theme.enums import Icon
from theme.models import SiteDocument, SiteImage
from theme.pictures import read_renditions
from theme.reais import ReaisField
from theme.shelf import ShelvedBlock


class PageBlock(ShelvedBlock, blocks.PageChooserBlock):
    """Chooses a page."""


class SnippetBlock(ShelvedBlock, SnippetChooserBlock):
    """Chooses a snippet whose key is a UUID, which JSON has no type for: in it, keys are text."""

    def get_prep_value(self, value: Any) -> str | None:
        """Return the snippet's key for the database."""
        return None if value is None else str(value.pk)

    def get_form_state(self, value: Any) -> dict[str, Any] | None:
        """Return what the admin's chooser shows."""
        state: dict[str, Any] | None = super().get_form_state(value)
        return {**state, "id": str(state["id"])} if state else None


class PictureChooserBlock(ShelvedBlock, ImageChooserBlock):
    """Chooses a picture; they come with their renditions, in one query for all."""

    def read(self, keys: Iterable[Any]) -> Mapping[Any, SiteImage]:
        """Return the pictures with these keys."""
        found: dict[Any, SiteImage] = self.model_class.objects.in_bulk(keys)
        read_renditions(found.values())
        return found


class FileBlock(ShelvedBlock, DocumentChooserBlock):
    """Chooses a document of some kinds only."""

    extensions: frozenset[str] = frozenset()

    def clean(self, value: SiteDocument | None) -> SiteDocument | None:
        """Refuse a document of another kind."""
        document: SiteDocument | None = super().clean(value)
        if document and extension_of(document.file.name) not in self.extensions:
            kinds = ", ".join(sorted(self.extensions))
            raise ValidationError(
                _("Escolha um arquivo destes tipos: %(kinds)s.") % {"kinds": kinds}
            )
        return document


class VideoFileBlock(FileBlock):
    """Chooses a video that browsers play."""

    extensions = VIDEOS


class CaptionsFileBlock(FileBlock):
    """Chooses what is said in a video, in WebVTT."""

    extensions = CAPTIONS


class MoneyBlock(blocks.FieldBlock):
    """Holds centavos; people read and write reais."""

    def __init__(self, required: bool = True, help_text: str | None = None, **kwargs: Any) -> None:
        self.field = ReaisField(min_value=1, required=required, help_text=help_text)
        super().__init__(**kwargs)

    class Meta:
        icon = "decimal"


def icon_choices() -> list[tuple[str, Any]]:
    """Return the icons; a function, so that migrations do not freeze the list."""
    return list(Icon.choices)


class IconBlock(blocks.ChoiceBlock):
    """Chooses a line icon."""

    choices = staticmethod(icon_choices)

    class Meta:
        icon = "pick"
