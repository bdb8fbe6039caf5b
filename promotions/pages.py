"""The pages that tell guests of promotions: one list, and one page for each promotion."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from promotions.blocks import CouponRevealBlock
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


class PromotionStoryBlock(StoryStreamBlock):
    """What is told of a promotion, with the coupons that grant it."""

    coupon_reveal = CouponRevealBlock()


class PromotionPage(CoveredPage):
    """What is told of a promotion in one language. Its rule, one for all, says when it holds."""

    rule = TenantForeignKey(
        "promotions.PromotionRule",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=_("regra"),
        help_text=_("Diz quando, onde e para o que vale. Sem regra, a página só conta."),
    )
    story = StreamField(PromotionStoryBlock(), blank=True, verbose_name=_("conteúdo"))
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
        FieldPanel("rule"),
        FieldPanel("story"),
        FieldPanel("conditions"),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *CoveredPage.search_fields,
        index.SearchField("story"),
        index.SearchField("conditions"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField(name, overridable=False) for name in ("cover", "rule")
    ]

    class Meta:
        verbose_name = _("página de promoção")
        verbose_name_plural = _("páginas de promoções")
