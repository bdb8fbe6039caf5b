"""Media, and what every page of a site has in common."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from theme.enums import State, Theme
from theme.navigation import Navigation  # noqa: F401 (a model, too)

is_phone = RegexValidator(
    r"^\+[1-9]\d{7,14}$", _("Escreva o número com + e o código do país: +5591987654321.")
)
is_postcode = RegexValidator(r"^\d{5}-\d{3}$", _("Escreva o CEP assim: 66093-020."))
is_instagram = RegexValidator(
    r"^[A-Za-z0-9._]+$", _("Escreva só o nome do perfil, sem @ e sem o endereço do site.")
)


class SiteImage(AbstractImage):
    """A picture of a tenant. Its `description` is the alternative text."""

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

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page for the rest of a path; 404 in a language that the site lacks.

        Wagtail falls back to the Portuguese home page where a language has none.
        """
        if self.locale.language_code != get_language():
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

    is_discreet = models.BooleanField(
        _("compartilhar com discrição"),
        default=False,
        help_text=_(
            "A imagem que acompanha um link compartilhado fica só com as cores do tema, "
            "sem o nome do motel."
        ),
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("theme"),
        FieldPanel("is_discreet"),
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

    @property
    def address(self) -> str:
        """The address in one line, for people and for maps."""
        return ", ".join(filter(None, [self.street, self.district, f"{self.city} - {self.state}"]))
