"""StreamField blocks about reviews."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from reviews.selectors import Review, published_reviews
from theme.blocks import OFFERS, FeedBlock
from theme.selectors import venue_of


class ReviewsBlock(FeedBlock):
    """What guests said."""

    samples = (
        Review("Marina S.", 5, "Silêncio, cama enorme e a hidro pronta quando chegamos."),
        Review("Caio R.", 4, "Entrada discreta de verdade. Voltamos na terça."),
        Review("Dani", 5, "O café da manhã merece o pernoite.", "Até a próxima!"),
    )

    class Meta:
        icon = "openquote"
        group = OFFERS
        label = _("Avaliações")
        description = _("O que hóspedes disseram.")
        template = "reviews/blocks/reviews.html"
        empty_text = _("Aqui aparecem as avaliações de hóspedes, quando houver alguma publicada.")
        preview_value = {"heading": "Quem veio, conta", "text": ""}

    def entries(self, context: Mapping[str, Any]) -> Sequence[Review]:
        """Return the published reviews of the page's venue."""
        return published_reviews(venue_of(context["request"]))
