"""StreamField blocks about what guests send in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from theme.blocks import OFFERS, FeedBlock
from theme.selectors import venue_of
from ugc.selectors import GuestPhoto, published_photos


class GuestPhotosBlock(FeedBlock):
    """Pictures that guests took."""

    samples = (
        GuestPhoto(None, "Luz baixa, música alta."),
        GuestPhoto(None, "O céu da cobertura."),
        GuestPhoto(None, "Detalhe da suíte Luar."),
        GuestPhoto(None),
    )

    class Meta:
        icon = "image"
        group = OFFERS
        label = _("Fotos de hóspedes")
        description = _("Fotos que hóspedes enviaram, depois de aprovadas.")
        template = "ugc/blocks/guest_photos.html"
        empty_text = _("Aqui aparecem as fotos de hóspedes, quando houver alguma aprovada.")
        preview_value = {"heading": "Pelos olhos de vocês", "text": ""}

    def entries(self, context: Mapping[str, Any]) -> Sequence[GuestPhoto]:
        """Return the published pictures of the page's venue."""
        return published_photos(venue_of(context["request"]))
