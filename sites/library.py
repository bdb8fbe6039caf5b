"""All blocks that editors are offered, described: what the admin and docs/blocks.md show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from sites.models import HomePage
from theme.blocks.choosers import MoneyBlock

KINDS: tuple[tuple[type[blocks.Block], object], ...] = (
    (MoneyBlock, _("preço")),
    (ImageChooserBlock, _("imagem")),
    (DocumentChooserBlock, _("documento")),
    (blocks.PageChooserBlock, _("página")),
    (blocks.ChooserBlock, _("escolha")),
    (blocks.ChoiceBlock, _("opção")),
    (blocks.BooleanBlock, _("sim ou não")),
    (blocks.IntegerBlock, _("número")),
    (blocks.RichTextBlock, _("texto formatado")),
    (blocks.URLBlock, _("endereço")),
    (blocks.TextBlock, _("parágrafos")),
    (blocks.CharBlock, _("linha")),
    (blocks.ListBlock, _("lista")),
    (blocks.StreamBlock, _("blocos")),
    (blocks.StructBlock, _("grupo")),
)
"""What a field takes, in people's words; the first that fits counts."""


@dataclass(frozen=True)
class FieldNote:
    """One field of a block, as its form shows it; `depth` says how far inside."""

    name: str
    label: str
    kind: str
    limits: str
    depth: int

    @property
    def place(self) -> str:
        """Arrows, as many as the field is deep."""
        return "↳ " * self.depth


@dataclass(frozen=True)
class BlockNote:
    """One block: what editors read of it, and the block itself for its preview."""

    name: str
    block: blocks.Block

    @property
    def label(self) -> str:
        """What the chooser calls it."""
        return str(self.block.label)

    @property
    def description(self) -> str:
        """What it is for."""
        return str(self.block.get_description())

    @property
    def fields(self) -> list[FieldNote]:
        """Its fields, those inside others right after them."""
        return list(_fields(self.block, 0))


def block_notes() -> list[BlockNote]:
    """Return every block there is: a home page may use them all."""
    stream = HomePage._meta.get_field("body").stream_block
    return [BlockNote(name, block) for name, block in stream.child_blocks.items()]


def block_groups() -> dict[str, list[BlockNote]]:
    """Return the blocks under the headings of the chooser."""
    groups: dict[str, list[BlockNote]] = {}
    for note in block_notes():
        groups.setdefault(str(note.block.meta.group), []).append(note)
    return groups


def _fields(block: blocks.Block, depth: int) -> Iterator[FieldNote]:
    if isinstance(block, blocks.ListBlock):
        children = {"": block.child_block}
    else:
        children = getattr(block, "child_blocks", {})
    for name, child in children.items():
        is_plain_item = not name and isinstance(child, blocks.StructBlock | blocks.StreamBlock)
        if is_plain_item:  # a list's item is its fields
            yield from _fields(child, depth)
            continue
        yield FieldNote(name, str(child.label), kind_of(child), limits_of(child), depth)
        yield from _fields(child, depth + 1)


def kind_of(block: blocks.Block) -> str:
    """Return what a field takes."""
    return str(next(words for kind, words in KINDS if isinstance(block, kind)))


def limits_of(block: blocks.Block) -> str:
    """Return what a field demands and how much it takes, in words."""
    field: Any = getattr(block, "field", None)
    length = getattr(field, "max_length", None) or _rich_text_limit(field)
    least, most = getattr(block.meta, "min_num", None), getattr(block.meta, "max_num", None)
    limits: list[str] = []
    if not isinstance(block, blocks.StructBlock):  # its fields say it
        limits.append(gettext("obrigatório") if block.required or least else gettext("opcional"))
    if length:
        limits.append(gettext("até %(number)s letras") % {"number": length})
    if getattr(field, "max_value", None) is not None:
        between = {"least": field.min_value, "most": field.max_value}
        limits.append(gettext("de %(least)s a %(most)s") % between)
    if least:
        limits.append(gettext("ao menos %(number)s") % {"number": least})
    if most:
        limits.append(gettext("no máximo %(number)s") % {"number": most})
    return ", ".join(limits)


def _rich_text_limit(field: Any) -> int | None:
    rules = getattr(field, "validators", ())
    return next((rule.limit_value for rule in rules if isinstance(rule, MaxLengthValidator)), None)
