"""The menus that a site's people arrange: entries of the header, groups of them in the footer.

An entry leads to a page, and then follows the guest's language and hides where the page has no
translation; or to an address elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, Panel
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

MAX_IN_HEADER = 6
MAX_GROUPS = 4
MAX_IN_GROUP = 8
LABELS = {"pt-br": "label", "en": "label_en", "es": "label_es"}
"""The field that has an entry's label in each language."""


class LabelledBlock(blocks.StructBlock):
    """Words in the languages that a site may have; only the first must be given, if any."""

    label = blocks.CharBlock(max_length=40, required=False, label=_("Texto"))
    label_en = blocks.CharBlock(max_length=40, required=False, label=_("Texto em inglês"))
    label_es = blocks.CharBlock(max_length=40, required=False, label=_("Texto em espanhol"))


class MenuEntryBlock(LabelledBlock):
    """A link to a page of the site, or to an address elsewhere."""

    page = blocks.PageChooserBlock(required=False, label=_("Página"))
    url = blocks.URLBlock(required=False, label=_("Ou endereço"))

    class Meta:
        icon = "link"
        label = _("Link")
        help_text = _("Sem texto próprio, o link de uma página leva o título dela em cada idioma.")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Accept exactly one target; an address elsewhere needs a label."""
        cleaned: blocks.StructValue = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            message = _("Escolha uma página ou escreva um endereço: um dos dois.")
            raise StructBlockValidationError({"page": ValidationError(message)})
        if cleaned["url"] and not cleaned["label"]:
            message = _("Um endereço precisa de um texto.")
            raise StructBlockValidationError({"label": ValidationError(message)})
        return cleaned


class MenuGroupBlock(LabelledBlock):
    """Links under a heading, in the footer."""

    label = blocks.CharBlock(max_length=40, label=_("Título"))
    entries = blocks.ListBlock(MenuEntryBlock(), min_num=1, max_num=MAX_IN_GROUP, label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Grupo")


@dataclass(frozen=True)
class Entry:
    """A link as it is kept: the key of a page, or an address; labels by language."""

    page_id: int | None
    url: str
    labels: Mapping[str, str]

    def label_in(self, language: str) -> str:
        """Return the label in a language; for an address, the main one where it has none."""
        fallback = self.labels["pt-br"] if self.url else ""
        return self.labels.get(language) or fallback


@dataclass(frozen=True)
class Group:
    """A heading's words by language, and the links under it."""

    labels: Mapping[str, str]
    entries: tuple[Entry, ...]

    def label_in(self, language: str) -> str:
        return self.labels.get(language) or self.labels["pt-br"]


@register_setting(icon="list-ul")
class Navigation(BaseSiteSetting):
    """What one property's site has in its menus, where its people arrange them."""

    header = StreamField(
        [("entry", MenuEntryBlock())],
        blank=True,
        max_num=MAX_IN_HEADER,
        verbose_name=_("menu do alto"),
        help_text=_("Até seis links. Vazio: as páginas marcadas para aparecer em menus."),
    )
    footer = StreamField(
        [("group", MenuGroupBlock())],
        blank=True,
        max_num=MAX_GROUPS,
        verbose_name=_("rodapé"),
        help_text=_("Grupos de links, acima do endereço e dos telefones."),
    )

    panels: ClassVar[list[Panel]] = [
        HelpPanel(
            content=_(
                "Os links de páginas seguem o idioma de quem visita o site, e somem onde a "
                "página não está traduzida ou publicada."
            )
        ),
        FieldPanel("header"),
        FieldPanel("footer"),
    ]

    class Meta:
        verbose_name = _("menus")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.site}"

    # What is kept is read as it is: resolving the choosers would cost a query for each stream.

    def header_entries(self) -> list[Entry]:
        """Return the links of the header."""
        return list(_entries(self.header.raw_data))

    def footer_groups(self) -> list[Group]:
        """Return the groups of the footer."""
        return [
            Group(_labels(raw["value"]), tuple(_entries(raw["value"]["entries"])))
            for raw in self.footer.raw_data
        ]

    def all_entries(self) -> list[Entry]:
        """Return the links of both."""
        return [
            *self.header_entries(),
            *(entry for group in self.footer_groups() for entry in group.entries),
        ]


def _entries(items: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    for raw in items:
        value = raw["value"]
        yield Entry(value.get("page"), value.get("url") or "", _labels(value))


def _labels(value: Mapping[str, Any]) -> dict[str, str]:
    return {language: value.get(name) or "" for language, name in LABELS.items()}
