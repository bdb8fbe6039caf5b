"""Media, and what every page of a site has in common."""

from functools import lru_cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q, QuerySet
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
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from tenancy.scoped import TenantScoped
from theme import documents, palettes
from theme.enums import Face, Scheme, State, Theme
from theme.fields import PictureField
from theme.navigation import Navigation  # noqa: F401 (a model, too)
from theme.previews import moments, rules

is_phone = RegexValidator(
    r"^\+[1-9]\d{7,14}$", _("Escreva o número com + e o código do país: +5591987654321.")
)
is_postcode = RegexValidator(r"^\d{5}-\d{3}$", _("Escreva o CEP assim: 66093-020."))
is_instagram = RegexValidator(
    r"^[A-Za-z0-9._]+$", _("Escreva só o nome do perfil, sem @ e sem o endereço do site.")
)
is_colour = RegexValidator(palettes.COLOUR, _("Escreva a cor assim: #c2185b."))


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


def prefetched_renditions() -> "models.Prefetch[Any]":
    """What to prefetch on pictures so that drawing them asks for nothing more."""
    return models.Prefetch(
        "renditions", queryset=SiteRendition.objects.all(), to_attr="prefetched_renditions"
    )


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


@lru_cache(maxsize=100)
def language_of(locale_id: int) -> str:
    """Return a locale's language; locales are the same for all tenants, and never change theirs."""
    code: str = Locale.objects.values_list("language_code", flat=True).get(pk=locale_id)
    return code


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
        if language_of(self.locale_id) != get_language():
            raise Http404
        return super().route(request, path_components)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return what restricts the page, as Wagtail does, from one query."""
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
    """How one property's site looks, how discreet it is, and how guests reach it."""

    theme = models.CharField(_("tema"), max_length=10, choices=Theme, default=Theme.NIGHT)
    scheme = models.CharField(
        _("claro ou escuro"), max_length=5, choices=Scheme, default=Scheme.AUTO
    )
    face = models.CharField(
        _("letra dos títulos"),
        max_length=20,
        choices=Face,
        blank=True,
        help_text=_("Vazio: a do tema."),
    )
    accent_dark = models.CharField(
        _("cor de destaque no escuro"),
        max_length=7,
        blank=True,
        validators=[is_colour],
        help_text=_("Como #ff5fa8. Vazio: a do tema."),
    )
    accent_light = models.CharField(
        _("cor de destaque no claro"),
        max_length=7,
        blank=True,
        validators=[is_colour],
        help_text=_("Como #b0126b. Vazio: a do tema."),
    )
    logo = models.ForeignKey(
        SiteImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logotipo"),
        help_text=_("No lugar do nome, no alto da página. Melhor com fundo transparente."),
    )
    is_title_neutral = models.BooleanField(
        _("título neutro"),
        default=False,
        help_text=_("Na aba do navegador e em links enviados, em vez do nome e da página."),
    )
    neutral_title = models.CharField(
        _("texto do título neutro"),
        max_length=60,
        blank=True,
        help_text=_("Vazio: “Hospedagem”."),
    )
    is_icon_neutral = models.BooleanField(
        _("ícone neutro"), default=False, help_text=_("Um círculo cinza na aba do navegador.")
    )
    whatsapp_text = models.CharField(
        _("mensagem inicial do WhatsApp"),
        max_length=200,
        blank=True,
        help_text=_("Aparece no telefone de quem escreve. Vazio: um texto neutro."),
    )
    exit_url = models.URLField(
        _("página da saída rápida"),
        default="https://www.google.com/",
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Aonde o botão “Sair” e duas vezes Esc levam: uma página neutra."),
    )
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
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("theme", "scheme", "face", "accent_dark", "accent_light", "logo")
            ],
            _("Aparência"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "is_title_neutral",
                    "neutral_title",
                    "is_icon_neutral",
                    "whatsapp_text",
                    "exit_url",
                )
            ],
            _("Discrição"),
        ),
        MultiFieldPanel(
            [FieldPanel("phone"), FieldPanel("whatsapp"), FieldPanel("instagram")],
            _("Contato"),
            help_text=_("No rodapé, na página de contato e nos botões do celular."),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("street", "district", "city", "state", "postcode")],
            _("Endereço"),
            help_text=_("Também é o que o mapa procura: escreva como nos Correios."),
        ),
        MultiFieldPanel(
            [FieldPanel("is_always_open"), FieldPanel("opening_hours")],
            _("Funcionamento"),
            help_text=_("Desmarque e escreva o horário se o motel fecha."),
        ),
    ]

    class Meta:
        verbose_name = _("aparência e contato")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.site}"

    def clean(self) -> None:
        """Refuse an accent that could not be read on the theme's grounds."""
        super().clean()
        errors = {}
        if self.theme in Theme.values:
            for scheme in palettes.SCHEMES:
                accent = self.accent(scheme)
                if accent and (error := palettes.why_illegible(accent, self.theme, scheme)):
                    errors[f"accent_{scheme}"] = error
        if errors:
            raise ValidationError(errors)

    def accent(self, scheme: str) -> str:
        """Return the property's own accent in a scheme, or "": the theme's counts."""
        accent: str = self.accent_dark if scheme == Scheme.DARK else self.accent_light
        return accent if palettes.COLOUR.match(accent) else ""

    @property
    def address(self) -> str:
        """The address in one line, for people and for maps."""
        return ", ".join(filter(None, [self.street, self.district, f"{self.city} - {self.state}"]))
