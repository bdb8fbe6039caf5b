"""What guests agree to, in the words that they are shown: constants, kept by version and hash.

Whoever changes a sentence here makes a new version, from the next guest on. A form says by digest
which words stood in it; if they are others by then, the guest is asked anew.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ugc.enums import Purpose

TEXTS = {
    Purpose.PHOTOS: _(
        "Autorizo %(house)s a publicar neste site as fotos que envio, com rostos e placas "
        "desfocados. Posso retirar a autorização quando quiser, e então elas são apagadas."
    ),
    Purpose.WORDS: _(
        "Autorizo %(house)s a publicar neste site as palavras que envio, com o nome que escolhi "
        "ou sem nome. Posso retirar a autorização quando quiser, e então elas são apagadas."
    ),
    Purpose.ADULTS: _(
        "Tenho 18 anos ou mais, e em nenhuma foto aparece alguém com menos de 18 anos."
    ),
    Purpose.MAIL: _(
        "Aceito receber por e-mail o recibo deste envio e o aviso do que for decidido. O endereço "
        "fica selado, não é usado para mais nada e é apagado junto."
    ),
    Purpose.PARTNER: _(
        "Tenho 18 anos ou mais, apareço nestas fotos e autorizo %(house)s a publicá-las neste "
        "site, com rostos e placas desfocados. Posso retirar a autorização quando quiser, e então "
        "elas são apagadas."
    ),
}


@dataclass(frozen=True)
class Wording:
    """What somebody is shown, in one language, and its digest."""

    purpose: Purpose
    language: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def wording(purpose: Purpose, *, house: str, language: str) -> Wording:
    """Return the words for a purpose, as they are shown now."""
    with override(language):
        return Wording(purpose, language, TEXTS[purpose] % {"house": house})
