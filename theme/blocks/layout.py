"""Blocks side by side."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from theme.blocks.groups import LAYOUT
from theme.blocks.media import PictureBlock
from theme.blocks.text import CallToActionBlock, RichTextBlock


class ColumnBlock(blocks.StreamBlock):
    """One column: simple blocks, and no columns in it."""

    rich_text = RichTextBlock()
    picture = PictureBlock()
    call_to_action = CallToActionBlock()

    class Meta:
        icon = "placeholder"
        label = _("Coluna")
        min_num = 1
        max_num = 4


class ColumnsBlock(blocks.StructBlock):
    """Two or three columns; on a telephone they stand one under the other."""

    columns = blocks.ListBlock(ColumnBlock(), min_num=2, max_num=3, label=_("Colunas"))

    class Meta:
        icon = "grip"
        group = LAYOUT
        label = _("Colunas")
        description = _("Duas ou três colunas com texto, imagem ou chamada.")
        template = "theme/blocks/columns.html"
        preview_value = {
            "columns": [
                [{"type": "picture", "value": {"image": None, "caption": "Garagem privativa."}}],
                [
                    {
                        "type": "rich_text",
                        "value": "<h2>Só vocês</h2><p>Da rua à cama sem cruzar com ninguém: "
                        "o portão abre, a garagem fecha, e a escada sobe à suíte.</p>",
                    }
                ],
            ]
        }
