"""Choices of the settings that every site has."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """A character: tokens in `css/tokens.css`, variants of layout in `looks.py`."""

    NIGHT = "night", _("Noite: néon e veludo")
    CLEAR = "clear", _("Clara: luz, areia e arcos")
    TROPICAL = "tropical", _("Tropical: cartaz, folhagem e papaia")


class Scheme(TextChoices):
    """Whether a site is dark or light."""

    AUTO = "auto", _("Como o aparelho de quem visita")
    DARK = "dark", _("Sempre escura")
    LIGHT = "light", _("Sempre clara")


class Face(TextChoices):
    """A typeface for headings: `typefaces/<value>.woff2`, its measures in `css/tokens.css`."""

    BODONI_MODA = "bodoni-moda", "Bodoni Moda"
    FRAUNCES = "fraunces", "Fraunces"
    BIG_SHOULDERS = "big-shoulders", "Big Shoulders"
    FIGTREE = "figtree", "Figtree"


class State(TextChoices):
    """The states of Brazil, by the abbreviation that addresses use."""

    AC = "AC", "Acre"
    AL = "AL", "Alagoas"
    AM = "AM", "Amazonas"
    AP = "AP", "Amapá"
    BA = "BA", "Bahia"
    CE = "CE", "Ceará"
    DF = "DF", "Distrito Federal"
    ES = "ES", "Espírito Santo"
    GO = "GO", "Goiás"
    MA = "MA", "Maranhão"
    MG = "MG", "Minas Gerais"
    MS = "MS", "Mato Grosso do Sul"
    MT = "MT", "Mato Grosso"
    PA = "PA", "Pará"
    PB = "PB", "Paraíba"
    PE = "PE", "Pernambuco"
    PI = "PI", "Piauí"
    PR = "PR", "Paraná"
    RJ = "RJ", "Rio de Janeiro"
    RN = "RN", "Rio Grande do Norte"
    RO = "RO", "Rondônia"
    RR = "RR", "Roraima"
    RS = "RS", "Rio Grande do Sul"
    SC = "SC", "Santa Catarina"
    SE = "SE", "Sergipe"
    SP = "SP", "São Paulo"
    TO = "TO", "Tocantins"


class Icon(TextChoices):
    """The line icons that a feature may carry: `templates/theme/icons/<value>.svg` draws each."""

    ACCESSIBLE = "accessible", _("Acessibilidade")
    BATH = "bath", _("Hidromassagem")
    BED = "bed", _("Cama")
    BREAKFAST = "breakfast", _("Café da manhã")
    CAR = "car", _("Garagem")
    CHAIR = "chair", _("Poltrona")
    CLIMATE = "climate", _("Ar-condicionado")
    DANCE = "dance", _("Pole dance")
    DRINK = "drink", _("Bebidas")
    GARDEN = "garden", _("Jardim")
    HEART = "heart", _("Coração")
    KITCHEN = "kitchen", _("Cozinha")
    LIGHT = "light", _("Iluminação")
    MIRROR = "mirror", _("Espelho")
    MUSIC = "music", _("Som")
    POOL = "pool", _("Piscina")
    SAUNA = "sauna", _("Sauna")
    SHOWER = "shower", _("Ducha")
    SPARKLE = "sparkle", _("Brilho")
    STAR = "star", _("Estrela")
    SUN = "sun", _("Sol")
    TV = "tv", _("TV")
    WIFI = "wifi", _("Wi-Fi")


FRAME_ICONS = frozenset(
    {"arrow", "camera", "chat", "clock", "exit", "filter", "phone", "pin", "play"}
)
"""Icons that templates use, and that features are not offered."""
