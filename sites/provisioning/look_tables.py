"""The tables of a provisioning file that say how a site looks, and how discreet it is."""

from sites.provisioning.fields import (
    Colour,
    Line60,
    Line200,
    Picture,
    SecureAddress,
    Table,
    YesOrNo,
)
from theme.enums import Face, Scheme


class Appearance(Table):
    """What a site changes in its theme."""

    scheme: Scheme = Scheme.AUTO
    face: Face | None = None
    accent_dark: Colour | None = None
    accent_light: Colour | None = None
    logo: Picture | None = None


class Discretion(Table):
    """What a site's pages give away on other people's screens."""

    neutral_title: Line60 | None = None
    neutral_icon: YesOrNo = False
    whatsapp_text: Line200 | None = None
    exit_url: SecureAddress | None = None
