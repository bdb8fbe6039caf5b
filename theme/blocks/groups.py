"""The headings under which editors find blocks."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Texto")
MEDIA = _("Imagens e vídeos")
LAYOUT = _("Disposição")
PLACE = _("A casa")
OFFERS = _("Ofertas e hóspedes")
