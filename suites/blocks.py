"""StreamField blocks about suites."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from suites.models import SuiteType
from theme.blocks import HeadedBlock, SnippetBlock

SUITES = _("Suítes")


def chosen_suite_types(**limits: Any) -> blocks.ListBlock:
    """Return a field for several suite types."""
    chooser = SnippetBlock("suites.SuiteType", label=_("Tipo de suíte"))
    return blocks.ListBlock(chooser, label=_("Tipos de suíte"), **limits)


class SuiteCardsBlock(HeadedBlock):
    """The house's suite types, all or some, each with its picture and lowest price."""

    suite_types = chosen_suite_types(
        required=False,
        min_num=0,
        max_num=24,
        default=[],
        help_text=_("Nenhum escolhido: todos os da casa."),
    )

    class Meta:
        icon = "grip"
        group = SUITES
        label = _("Suítes")
        description = _("Cartões das suítes, com foto, comodidades e o menor preço.")
        template = "suites/blocks/suite_cards.html"
        preview_value = {"heading": "Escolha a sua suíte", "text": "", "suite_types": []}


class SuiteComparisonBlock(HeadedBlock):
    """Two to four suite types side by side."""

    suite_types = chosen_suite_types(min_num=2, max_num=4)

    class Meta:
        icon = "list-ul"
        group = SUITES
        label = _("Comparação de suítes")
        description = _("De duas a quatro suítes lado a lado: lotação, área, comodidades, preços.")
        template = "suites/blocks/suite_comparison.html"
        preview_value = {"heading": "Qual é a de vocês?", "text": "", "suite_types": []}

    def get_preview_value(self) -> Any:
        """Show the tenant's own suite types: row-level security hides all others."""
        chosen = list(SuiteType.objects.all()[:3])
        return self.normalize({**self.meta.preview_value, "suite_types": chosen})


class PriceTableBlock(blocks.StructBlock):
    """Prices by stay and day for one suite type."""

    heading = blocks.CharBlock(max_length=80, required=False, label=_("Título"))
    suite_type = SnippetBlock("suites.SuiteType", label=_("Tipo de suíte"))
    note = blocks.TextBlock(max_length=600, required=False, label=_("Observação"))

    class Meta:
        icon = "table"
        group = SUITES
        label = _("Tabela de preços")
        description = _("Preços de um tipo de suíte por permanência e dia.")
        template = "suites/blocks/price_table.html"
        preview_value = {"heading": "Pernoite e períodos", "suite_type": None, "note": ""}

    def get_preview_value(self) -> Any:
        """Show the tenant's own first suite type: row-level security hides all others."""
        return self.normalize({**self.meta.preview_value, "suite_type": SuiteType.objects.first()})


class PriceNowBlock(HeadedBlock):
    """What the stays cost at the page's instant, and when that changes next."""

    suite_types = chosen_suite_types(
        required=False,
        min_num=0,
        max_num=6,
        default=[],
        help_text=_("Nenhum escolhido: todos os que têm página."),
    )

    class Meta:
        icon = "time"
        group = SUITES
        label = _("Preço agora")
        description = _("O que cada permanência custa neste momento, e até quando.")
        template = "suites/blocks/price_now.html"
        preview_value = {"heading": "Chegando agora", "text": "", "suite_types": []}
