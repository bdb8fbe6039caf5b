"""The pages of a site that no feature owns: right under a home page, and with none below."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.blocks import StructValue
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from sites.streams import LandingStreamBlock, QuestionStreamBlock
from theme.blocks import PageStreamBlock
from theme.models import CoveredPage, IntroducedPage, ThemedPage

HOME = "motelsites.HomePage"


class LeafPage(IntroducedPage):
    """A page right under a home page, with an introduction."""

    parent_page_types: ClassVar[list[str]] = [HOME]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True


class TextPage(CoveredPage, LeafPage):
    """Running text: about the house, rules, a notice of privacy."""

    story = StreamField(PageStreamBlock(), blank=True, verbose_name=_("conteúdo"))

    template = "sites/text_page.html"
    content_panels: ClassVar[list[Panel]] = [*CoveredPage.content_panels, FieldPanel("story")]
    search_fields: ClassVar[list[index.BaseField]] = [
        *LeafPage.search_fields,
        index.SearchField("story"),
    ]

    class Meta:
        verbose_name = _("página de texto")
        verbose_name_plural = _("páginas de texto")


class ContactPage(LeafPage):
    """Address and telephones, which come from the site's settings, and how to get there."""

    story = StreamField(
        PageStreamBlock(),
        blank=True,
        verbose_name=_("como chegar"),
        help_text=_("Endereço e telefones vêm das configurações do site."),
    )

    template = "sites/contact_page.html"
    max_count_per_parent = 1
    show_in_menus_default = True
    content_panels: ClassVar[list[Panel]] = [*LeafPage.content_panels, FieldPanel("story")]
    search_fields: ClassVar[list[index.BaseField]] = [
        *LeafPage.search_fields,
        index.SearchField("story"),
    ]

    class Meta:
        verbose_name = _("página de contato")
        verbose_name_plural = _("páginas de contato")


class FaqPage(LeafPage):
    """Questions that guests have, with their answers."""

    questions = StreamField(QuestionStreamBlock(), blank=True, verbose_name=_("perguntas"))
    story = StreamField(
        PageStreamBlock(),
        blank=True,
        verbose_name=_("depois das perguntas"),
    )

    template = "sites/faq_page.html"
    max_count_per_parent = 1
    show_in_menus_default = True
    content_panels: ClassVar[list[Panel]] = [
        *LeafPage.content_panels,
        FieldPanel("questions"),
        FieldPanel("story"),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *LeafPage.search_fields,
        index.SearchField("questions"),
        index.SearchField("story"),
    ]

    class Meta:
        verbose_name = _("página de perguntas")
        verbose_name_plural = _("páginas de perguntas")

    def asked(self) -> list[StructValue]:
        """Return the questions, each with its `answer`."""
        return [block.value for block in self.questions]


class CampaignPage(LeafPage):
    """Where an advertisement leads: may be kept from search engines, and stand without a menu."""

    body = StreamField(LandingStreamBlock(), blank=True, verbose_name=_("conteúdo"))
    is_in_search = models.BooleanField(
        _("aparece em buscadores"),
        default=False,
        help_text=_("Desmarcado, o Google e outros buscadores são avisados para não listar."),
    )
    shows_menu = models.BooleanField(
        _("mostra o menu do site"),
        default=False,
        help_text=_("Desmarcado, só o nome da casa fica no alto."),
    )

    template = "sites/campaign_page.html"
    content_panels: ClassVar[list[Panel]] = [*LeafPage.content_panels, FieldPanel("body")]
    promote_panels: ClassVar[list[Panel]] = [
        *ThemedPage.promote_panels,
        MultiFieldPanel([FieldPanel("is_in_search"), FieldPanel("shows_menu")], _("Campanha")),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *LeafPage.search_fields,
        index.SearchField("body"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("is_in_search"),
        SynchronizedField("shows_menu"),
    ]

    class Meta:
        verbose_name = _("página de campanha")
        verbose_name_plural = _("páginas de campanha")

    def hides_from_search(self) -> bool:
        return not self.is_in_search

    def has_menu(self) -> bool:
        return self.shows_menu
