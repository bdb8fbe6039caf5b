"""The pages that show suite types to guests: one list, and one page for each type."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from tenancy.scoped import TenantForeignKey
from theme.blocks import StoryStreamBlock
from theme.embeds import Embed, embed_of
from theme.models import CoveredPage, IntroducedPage

PICTURE = "theme.SiteImage"
FILE = "theme.SiteDocument"
WORDS, FEATURE, PRICE = "q", "tem", "ate"
"""The parameters of a search's address: words, features' slugs, at most so many reais now."""


class SuiteIndexPage(IntroducedPage):
    """The list of a motel's suites: the pages below it."""

    template = "suites/suite_index_page.html"
    query_parameters: ClassVar[tuple[str, ...]] = (WORDS, FEATURE, PRICE)
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["motelsites.HomePage"]
    subpage_types: ClassVar[list[str]] = ["suites.SuitePage"]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("lista de suítes")
        verbose_name_plural = _("listas de suítes")


class SuitePage(CoveredPage):
    """What is told of a suite type in one language. Features and prices come from the type."""

    suite_type = TenantForeignKey(
        "suites.SuiteType",
        models.PROTECT,
        related_name="+",
        verbose_name=_("tipo de suíte"),
        help_text=_("As comodidades e os preços mostrados são os deste tipo."),
    )
    video = models.ForeignKey(
        FILE,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vídeo"),
        help_text=_("Um arquivo MP4 ou WebM, sem som ou com legendas nele."),
    )
    video_url = models.URLField(
        _("ou endereço do vídeo"),
        blank=True,
        help_text=_(
            "YouTube e Vimeo tocam na página, depois do toque do hóspede; outros abrem lá."
        ),
    )
    tour_url = models.URLField(
        _("endereço da visita em 360°"), blank=True, help_text=_("Abre no site que a guarda.")
    )
    story = StreamField(StoryStreamBlock(), blank=True, verbose_name=_("conteúdo"))

    template = "suites/suite_page.html"
    drawn_with: ClassVar[tuple[str, ...]] = ("suite_type", "cover", "video")
    parent_page_types: ClassVar[list[str]] = ["suites.SuiteIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *CoveredPage.content_panels,
        FieldPanel("suite_type"),
        FieldPanel("story"),
        MultipleChooserPanel("photos", chooser_field_name="image", label=_("foto")),
        FieldPanel("video"),
        FieldPanel("video_url"),
        FieldPanel("tour_url"),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *CoveredPage.search_fields,
        index.SearchField("story"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField(name, overridable=False)
        for name in ("suite_type", "cover", "photos", "video", "video_url", "tour_url")
    ]

    class Meta:
        verbose_name = _("página de suíte")
        verbose_name_plural = _("páginas de suítes")

    @property
    def embed(self) -> Embed | None:
        """Where the video elsewhere is played on the page; None for one that opens there."""
        return embed_of(self.video_url)


class SuitePhoto(Orderable):
    """A picture in a suite page's gallery."""

    page = ParentalKey(SuitePage, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(PICTURE, models.CASCADE, related_name="+", verbose_name=_("imagem"))

    class Meta(Orderable.Meta):
        verbose_name = _("foto")
        verbose_name_plural = _("fotos")

    def __str__(self) -> str:
        return str(self.image)
