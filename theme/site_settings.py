"""How one property's site looks, how discreet it is, and how guests reach it."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from tenancy.models import Domain
from theme import palettes
from theme.enums import Face, Scheme, State, Theme
from theme.languages import IN_PORTUGUESE, said_in

is_phone = RegexValidator(
    r"^\+[1-9]\d{7,14}$", _("Escreva o número com + e o código do país: +5591987654321.")
)
is_postcode = RegexValidator(r"^\d{5}-\d{3}$", _("Escreva o CEP assim: 66093-020."))
is_instagram = RegexValidator(
    r"^[A-Za-z0-9._]+$", _("Escreva só o nome do perfil, sem @ e sem o endereço do site.")
)
is_colour = RegexValidator(palettes.COLOUR, _("Escreva a cor assim: #c2185b."))


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
        "theme.SiteImage",
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
        _("horário"), max_length=120, blank=True, help_text=_("Para casas que fecham.")
    )
    opening_hours_en = models.CharField(
        _("horário em inglês"), max_length=120, blank=True, help_text=IN_PORTUGUESE
    )
    opening_hours_es = models.CharField(
        _("horário em espanhol"), max_length=120, blank=True, help_text=IN_PORTUGUESE
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
            [
                FieldPanel("is_always_open"),
                FieldPanel("opening_hours"),
                FieldRowPanel([FieldPanel("opening_hours_en"), FieldPanel("opening_hours_es")]),
            ],
            _("Funcionamento"),
            help_text=_("Desmarque e escreva o horário se a casa fecha."),
        ),
    ]

    class Meta:
        verbose_name = _("aparência e contato")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.site}"

    def clean(self) -> None:
        """Refuse an accent that could not be read on the theme's grounds, and an exit to here."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.site_id and Domain.objects.filter(host=urlsplit(self.exit_url).hostname).exists():
            errors["exit_url"] = _("Este endereço é de um site seu: escolha uma página neutra.")
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
    def hours_said(self) -> str:
        """The opening hours in the language in force."""
        return said_in(get_language(), self, "opening_hours")

    @property
    def address(self) -> str:
        """The address in one line, for people and for maps."""
        return ", ".join(filter(None, [self.street, self.district, f"{self.city} - {self.state}"]))
