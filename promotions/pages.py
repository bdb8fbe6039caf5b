"""The pages that tell guests of promotions: one list, and one page for each promotion."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from promotions.rules.spans import Window
from tenancy.scoped import TenantForeignKey
from theme.blocks import StoryStreamBlock
from theme.models import CoveredPage, IntroducedPage


class PromotionIndexPage(IntroducedPage):
    """The list of a site's promotions: the pages below it that are in force."""

    template = "promotions/promotion_index_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["motelsites.HomePage"]
    subpage_types: ClassVar[list[str]] = ["promotions.PromotionPage"]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("lista de promoções")
        verbose_name_plural = _("listas de promoções")


class PromotionPage(CoveredPage):
    """What is told of a promotion in one language. When and for what it holds is one for all."""

    starts_at = models.DateTimeField(
        _("começa em"), null=True, blank=True, help_text=_("Vazio: já está valendo.")
    )
    ends_at = models.DateTimeField(
        _("termina em"), null=True, blank=True, help_text=_("Vazio: sem data para acabar.")
    )
    story = StreamField(StoryStreamBlock(), blank=True, verbose_name=_("conteúdo"))
    conditions = models.TextField(
        _("condições"),
        blank=True,
        help_text=_(
            "O que o cliente precisa saber antes de vir. Uma linha vazia separa parágrafos."
        ),
    )

    template = "promotions/promotion_page.html"
    parent_page_types: ClassVar[list[str]] = ["promotions.PromotionIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *CoveredPage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])],
            heading=_("Quando vale"),
            help_text=_("Fora deste prazo a promoção sai da lista, e a página dela diz por quê."),
        ),
        InlinePanel(
            "suite_types",
            label=_("tipo de suíte"),
            heading=_("Suítes em que vale"),
            help_text=_("Nenhuma: vale em todas."),
        ),
        InlinePanel(
            "stays",
            label=_("permanência"),
            heading=_("Permanências em que vale"),
            help_text=_("Nenhuma: vale em todas."),
        ),
        FieldPanel("story"),
        FieldPanel("conditions"),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *CoveredPage.search_fields,
        index.SearchField("story"),
        index.SearchField("conditions"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField(name, overridable=False)
        for name in ("cover", "starts_at", "ends_at", "suite_types", "stays")
    ]

    class Meta:
        verbose_name = _("página de promoção")
        verbose_name_plural = _("páginas de promoções")

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("O fim tem de ser depois do começo.")})

    @property
    def windows(self) -> list[Window]:
        """When the promotion is in force."""
        return [Window(self.starts_at, self.ends_at)]


class PromotedSuiteType(Orderable):
    """A suite type that a promotion covers."""

    page = ParentalKey(PromotionPage, on_delete=models.CASCADE, related_name="suite_types")
    suite_type = TenantForeignKey(
        "suites.SuiteType", models.CASCADE, related_name="+", verbose_name=_("tipo de suíte")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("suíte da promoção")
        verbose_name_plural = _("suítes da promoção")

    def __str__(self) -> str:
        return str(self.suite_type)


class PromotedStay(Orderable):
    """A stay that a promotion covers."""

    page = ParentalKey(PromotionPage, on_delete=models.CASCADE, related_name="stays")
    stay = TenantForeignKey(
        "suites.Stay", models.CASCADE, related_name="+", verbose_name=_("permanência")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("permanência da promoção")
        verbose_name_plural = _("permanências da promoção")

    def __str__(self) -> str:
        return str(self.stay)
