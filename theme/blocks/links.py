"""Buttons."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from theme.blocks.choosers import PageBlock
from theme.languages import locale_id
from theme.shelf import address_of, localized


class LinkValue(blocks.StructValue):
    """A link as templates use it."""

    @property
    def href(self) -> str:
        """The address, or nothing when there is no label or the page is not published."""
        page = self["page"]
        if page:
            page = localized(page, locale_id(get_language()))
        target = address_of(page) if page and page.live else self["url"]
        return target if self["label"] and target else ""


class LinkBlock(blocks.StructBlock):
    """A labelled link to a page or to another site."""

    label = blocks.CharBlock(max_length=40, required=False, label=_("Texto do botão"))
    page = PageBlock(required=False, label=_("Página"))
    url = blocks.URLBlock(max_length=200, required=False, label=_("Ou endereço"))

    class Meta:
        icon = "link"
        label = _("Botão")
        value_class = LinkValue

    def clean(self, value: LinkValue) -> LinkValue:
        """Accept an empty link, or a label with exactly one target."""
        cleaned: LinkValue = super().clean(value)
        filled = [bool(cleaned[name]) for name in ("label", "page", "url")]
        if any(filled) and not (filled[0] and filled[1] != filled[2]):
            message = _("Preencha o texto e ou a página ou o endereço.")
            raise StructBlockValidationError({"label": ValidationError(message)})
        return cleaned


class RequiredLinkBlock(LinkBlock):
    """A link that cannot be left out."""

    label = blocks.CharBlock(max_length=40, label=_("Texto do botão"))
