"""StreamField blocks about what guests send in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from theme.blocks import OFFERS, FeedBlock
from theme.blocks.headed import HeadedBlock
from theme.selectors import venue_of
from ugc.selectors import GuestEntry, published_entries


class GuestPhotosBlock(FeedBlock):
    """Photos and words of guests."""

    samples = (
        GuestEntry(words="Luz baixa, música alta."),
        GuestEntry(words="O céu da cobertura.", name="M."),
        GuestEntry(words="Detalhe da suíte Luar."),
        GuestEntry(),
    )

    class Meta:
        icon = "image"
        group = OFFERS
        label = _("Fotos de hóspedes")
        description = _("Fotos e palavras que hóspedes enviaram, depois de aprovadas.")
        template = "ugc/blocks/guest_photos.html"
        empty_text = _("Aqui aparecem as fotos de hóspedes, quando houver alguma aprovada.")
        preview_value = {"heading": "Pelos olhos de vocês", "text": ""}

    def entries(self, context: Mapping[str, Any]) -> Sequence[GuestEntry]:
        """Return what is published of the page's venue."""
        venue = venue_of(context["request"])
        return published_entries(venue.property) if venue else ()


class GuestFormBlock(HeadedBlock):
    """The form by which guests send photos and words."""

    class Meta:
        icon = "upload"
        group = OFFERS
        label = _("Envio de hóspedes")
        description = _(
            "O formulário pelo qual hóspedes enviam fotos e palavras, com o que autorizam."
        )
        template = "ugc/blocks/guest_form.html"
        preview_value = {
            "heading": "Mostre o que você viu",
            "text": "Uma foto, duas linhas, ou as duas coisas. Sem nome, se preferir.",
        }
