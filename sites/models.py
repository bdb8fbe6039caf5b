"""The page at the top of every site; the others are in `pages`."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.search import index

from sites.pages import (  # noqa: F401 (models, too)
    CampaignPage,
    ContactPage,
    FaqPage,
    TextPage,
)
from sites.streams import HomeStreamBlock
from theme.models import ThemedPage


class HomePage(ThemedPage):
    """A site's home page: one for each of its languages, made by provisioning."""

    body = StreamField(HomeStreamBlock(), blank=True, verbose_name=_("conteúdo"))

    template = "sites/home_page.html"
    # Editors make none: a second home page would be of no site.
    parent_page_types: ClassVar[list[str]] = []
    subpage_types: ClassVar[list[str]] = [
        "suites.SuiteIndexPage",
        "promotions.PromotionIndexPage",
        "motelsites.TextPage",
        "motelsites.ContactPage",
        "motelsites.FaqPage",
        "motelsites.CampaignPage",
    ]
    content_panels: ClassVar[list[Panel]] = [*ThemedPage.content_panels, FieldPanel("body")]
    search_fields: ClassVar[list[index.BaseField]] = [
        *ThemedPage.search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("página inicial")
        verbose_name_plural = _("páginas iniciais")
