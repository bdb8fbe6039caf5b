"""Media, and what every page of a site has in common."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from tenancy.scoped import TenantScoped
from theme.enums import State, Theme
from theme.fields import PictureField
from theme.previews import moments, rules

is_phone = RegexValidator(
    r"^\+[1-9]\d{7,14}$", _("Escreva o número com + e o código do país: +5591987654321.")
)
is_postcode = RegexValidator(r"^\d{5}-\d{3}$", _("Escreva o CEP assim: 66093-020."))
is_instagram = RegexValidator(
    r"^[A-Za-z0-9._]+$", _("Escreva só o nome do perfil, sem @ e sem o endereço do site.")
)


class SiteImage(AbstractImage):
    """A picture of a tenant. Its `description` is the alternative text."""

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

    admin_form_fields: ClassVar[tuple[str, ...]] = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("imagem")
        verbose_name_plural = _("imagens")
        permissions = [("choose_image", "Can choose image")]


class SiteRendition(AbstractRendition):
    """A size and format of a `SiteImage`, made when first asked for."""

    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="theme_rendition_unique"
            ),
        ]


class SiteDocument(AbstractDocument):
    """A file that a tenant offers for download."""

    admin_form_fields: ClassVar[tuple[str, ...]] = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("documento")
        verbose_name_plural = _("documentos")
        permissions = [("choose_document", "Can choose document")]


class ThemedPage(Page):
    """A page of a site: the same for every guest, in the language of its address."""

    # Guests never sign in, so a page is either public or not published.
    private_page_options: ClassVar[list[str]] = []

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

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Draw the page as of the instant that the mode writes, or now."""
        request.as_of = rules.read(mode_name or "", moments.zone_of(self))  # type: ignore[attr-defined]  # theme.clock reads it
        return super().serve_preview(request, mode_name)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page for the rest of a path; 404 in a language that the site lacks.

        Wagtail falls back to the Portuguese home page where a language has none.
        """
        if self.locale.language_code != get_language():
            raise Http404
        return super().route(request, path_components)


class PreviewLink(TenantScoped):
    """A way to one draft, as of one instant, for people without an account; it expires."""

    is_operational = True

    # Of the token, 256 random bits: whoever reads this table can open nothing.
    digest = models.CharField(max_length=64, editable=False)
    page_id = models.BigIntegerField(editable=False)
    # Without one the page never had a draft, and is shown as it is.
    revision_id = models.BigIntegerField(null=True, editable=False)
    as_of = models.DateTimeField(_("como em"), null=True, editable=False)
    created_by = models.UUIDField(editable=False)
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("vale até"), editable=False)
    revoked_at = models.DateTimeField(_("cancelado em"), null=True, editable=False)

    class Meta:
        verbose_name = _("link de prévia")
        verbose_name_plural = _("links de prévia")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="theme_previewlink_digest"),
        ]
        indexes = [models.Index(fields=["tenant", "page_id"], name="theme_previewlink_page")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.expires_at:%Y-%m-%d %H:%M}"


@register_setting(icon="home")
class SiteSettings(BaseSiteSetting):
    """How one property's site looks, and how guests reach it."""

    theme = models.CharField(_("tema"), max_length=10, choices=Theme, default=Theme.NIGHT)
    phone = models.CharField(_("telefone"), max_length=16, blank=True, validators=[is_phone])
    whatsapp = models.CharField("WhatsApp", max_length=16, blank=True, validators=[is_phone])
    instagram = models.CharField(
        "Instagram",
        max_length=30,
        blank=True,
        validators=[is_instagram],
        help_text=_("Nome do perfil, sem @."),
    )
    street = models.CharField(_("rua e número"), max_length=120, blank=True)
    district = models.CharField(_("bairro"), max_length=80, blank=True)
    city = models.CharField(_("cidade"), max_length=80)
    state = models.CharField(_("estado"), max_length=2, choices=State)
    postcode = models.CharField("CEP", max_length=9, blank=True, validators=[is_postcode])
    is_always_open = models.BooleanField(_("aberto 24 horas"), default=True)
    opening_hours = models.CharField(
        _("horário"), max_length=120, blank=True, help_text=_("Para motéis que fecham.")
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("theme"),
        MultiFieldPanel(
            [FieldPanel("phone"), FieldPanel("whatsapp"), FieldPanel("instagram")], _("Contato")
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("street", "district", "city", "state", "postcode")],
            _("Endereço"),
        ),
        MultiFieldPanel(
            [FieldPanel("is_always_open"), FieldPanel("opening_hours")], _("Funcionamento")
        ),
    ]

    class Meta:
        verbose_name = _("aparência e contato")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.site}"

    @property
    def address(self) -> str:
        """The address in one line, for people and for maps."""
        return ", ".join(filter(None, [self.street, self.district, f"{self.city} - {self.state}"]))
