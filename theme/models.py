"""Media, and what every page of a site has in common."""

import hashlib
from pathlib import PurePath
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from theme import documents, languages, shelf
from theme.fields import PictureField
from theme.languages import IN_PORTUGUESE, said_in
from theme.navigation import Navigation
from theme.page_forms import PropertyPageForm
from theme.previews import moments, rules
from theme.previews.models import PreviewLink
from theme.site_settings import SiteSettings

__all__ = [
    "CoveredPage",
    "IntroducedPage",
    "Navigation",
    "PreviewLink",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "ThemedPage",
]


STOCK_FIELDS = WagtailImage.admin_form_fields
AFTER_DESCRIPTION = STOCK_FIELDS.index("description") + 1


class SiteImage(AbstractImage):
    """A picture of a tenant. Its descriptions, one per language, are its alternative texts."""

    file = PictureField(
        _("arquivo"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    description = models.CharField(
        _("texto alternativo"),
        max_length=255,
        help_text=_(
            "O que se vê na imagem, em uma frase: é lido em voz alta para quem não a vê, "
            "e pelos buscadores."
        ),
    )
    description_en = models.CharField(
        _("texto alternativo em inglês"), max_length=255, blank=True, help_text=IN_PORTUGUESE
    )
    description_es = models.CharField(
        _("texto alternativo em espanhol"), max_length=255, blank=True, help_text=IN_PORTUGUESE
    )

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        *STOCK_FIELDS[:AFTER_DESCRIPTION],
        "description_en",
        "description_es",
        *STOCK_FIELDS[AFTER_DESCRIPTION:],
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("imagem")
        verbose_name_plural = _("imagens")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        """The description in the active language; the Portuguese one where there is none in it."""
        return said_in(get_language(), self, "description") or self.title


class SiteRendition(AbstractRendition):
    """A size and format of a `SiteImage`, made when first asked for."""

    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="theme_rendition_unique"
            ),
        ]

    def get_upload_to(self, filename: str) -> str:
        """Return a digest of the bytes as the name: it never comes to mean others."""
        self.file.seek(0)
        digest = hashlib.sha256(self.file.read()).hexdigest()[:24]
        self.file.seek(0)
        return super().get_upload_to(f"{digest}{PurePath(filename).suffix}")


class SiteDocument(AbstractDocument):
    """A file that a tenant offers for download."""

    admin_form_fields: ClassVar[tuple[str, ...]] = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("documento")
        verbose_name_plural = _("documentos")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        """Refuse a new file that is not what its extension says, or of a kind that is not taken.

        In the second step of an upload of many there is no file yet: the first has checked it.
        """
        if not self.file:
            return
        super().clean()
        if not self.file._committed:
            try:
                documents.check(self.file.file, self.file.name)
            except documents.BadDocument as error:
                raise ValidationError({"file": error}) from error


class ThemedPage(Page):
    """A page of a site: the same for every guest, in the language of its address."""

    base_form_class = PropertyPageForm
    # Guests never sign in, so a page is either public or not published.
    private_page_options: ClassVar[list[str]] = []
    # The relations that its template needs, to be read with it.
    drawn_with: ClassVar[tuple[str, ...]] = ()
    # The parameters of the query that it depends on; no others reach it.
    query_parameters: ClassVar[tuple[str, ...]] = ()
    is_restricted = True
    """Whether something may restrict who sees it; theme.routing knows when nothing does."""

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """What the editor's preview panel offers: the page now, and at other instants.

        A mode is a local date and time: any that can be read is good, in this list or not.
        """
        found = moments.moments_of(self, timezone.now())
        return [("", _("Agora")), *((moment.text, moment.label) for moment in found)]

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "icon": icon, "device_width": width, "label": label}
            for name, icon, width, label in (
                ("mobile", "mobile-alt", 390, _("Prévia no celular")),
                ("tablet", "tablet-alt", 820, _("Prévia no tablet")),
                ("desktop", "desktop", 1440, _("Prévia no computador")),
            )
        ]

    @property
    def default_preview_size(self) -> str:
        return "mobile"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw the page here, while all that its streams have chosen is at hand."""
        with shelf.drawn(self, request):
            response: HttpResponse = super().serve(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
            return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Draw the page as of the instant that the mode writes, or now."""
        request.as_of = rules.read(mode_name or "", moments.zone_of(self))  # type: ignore[attr-defined]  # theme.clock reads it
        return super().serve_preview(request, mode_name)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page for the rest of a path; 404 in a language that the site lacks.

        Wagtail falls back to the Portuguese home page where a language has none.
        """
        if languages.locale_of(self.locale_id).language_code != get_language():
            raise Http404
        return super().route(request, path_components)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return what restricts the page, as Wagtail does, from one query or none."""
        if not self.is_restricted:
            return PageViewRestriction.objects.none()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:length] for length in steps]
        restricted = Q(page__path__in=paths) | Q(page__aliases__path__in=paths)
        return PageViewRestriction.objects.filter(restricted)

    def hides_from_search(self) -> bool:
        """Say whether search engines are asked not to list the page."""
        return False

    def has_menu(self) -> bool:
        """Say whether the site's menu is above the page."""
        return True


class IntroducedPage(ThemedPage):
    """A page with a few words under its title."""

    intro = models.TextField(
        _("introdução"),
        max_length=300,
        blank=True,
        help_text=_("Abaixo do título, até 300 letras."),
    )

    content_panels: ClassVar[list[Panel]] = [*ThemedPage.content_panels, FieldPanel("intro")]
    search_fields: ClassVar[list[index.BaseField]] = [
        *ThemedPage.search_fields,
        index.SearchField("intro"),
    ]

    class Meta:
        abstract = True


class CoveredPage(IntroducedPage):
    """A page with a picture of its own, the same in all languages."""

    cover = models.ForeignKey(
        SiteImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imagem principal"),
        help_text=_("No alto da página e onde ela aparece em uma lista."),
    )

    drawn_with: ClassVar[tuple[str, ...]] = ("cover",)
    content_panels: ClassVar[list[Panel]] = [*IntroducedPage.content_panels, FieldPanel("cover")]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("cover", overridable=False),
    ]

    class Meta:
        abstract = True
