"""StreamField blocks about reviews."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from reviews import sentences
from reviews.enums import Source
from reviews.selectors import Choice, Review, Shown, shown_reviews
from tenancy.store.keeping import changes_at, known
from theme.blocks import OFFERS, FeedBlock
from theme.clock import instant_of
from theme.selectors import venue_of

STARS = [
    ("1", _("Todas")),
    ("3", _("De 3 a 5 estrelas")),
    ("4", _("De 4 e 5 estrelas")),
    ("5", _("De 5 estrelas")),
]


class ReviewsBlock(FeedBlock):
    """What guests said: of one source, which is named, with what was left out declared.

    Nothing here marks up ratings for search engines: they don't show those of a house's own site.
    """

    samples = (
        Review("Marina S.", 5, "Silêncio, cama enorme e a hidro pronta quando chegamos."),
        Review("Caio R.", 4, "Entrada discreta de verdade. Voltamos na terça."),
        Review("Dani", 5, "O café da manhã merece o pernoite.", "Até a próxima!"),
    )

    least_stars = blocks.ChoiceBlock(
        choices=STARS,
        default="1",
        required=False,
        label=_("Quais"),
        help_text=_("A página diz quais mostra, e a média de todas."),
    )
    is_featured = blocks.BooleanBlock(
        required=False, default=False, label=_("Só as que estão em destaque")
    )
    count = blocks.IntegerBlock(
        min_value=1, max_value=12, default=6, required=False, label=_("Quantas")
    )

    class Meta:
        icon = "openquote"
        group = OFFERS
        label = _("Avaliações")
        description = _("O que hóspedes disseram.")
        template = "reviews/blocks/reviews.html"
        empty_text = _("Aqui aparecem as avaliações de hóspedes, quando houver alguma publicada.")
        preview_value = {
            "heading": "Quem veio, conta",
            "text": "",
            "least_stars": "1",
            "is_featured": False,
            "count": 6,
        }

    def entries(self, context: Mapping[str, Any]) -> Sequence[Review]:
        """Return the reviews of the page's venue that may be read at the page's instant."""
        request, shown = context["request"], self.shown(context)
        if shown is None:
            return ()
        found = shown.at(instant_of(request))
        ends = [each.expires_at for each in found if each.expires_at]
        changes_at(request, min(ends, default=None))
        return found

    def shown(self, context: Mapping[str, Any]) -> Shown | None:
        """Return what the block shows, read once for a version of the content."""
        request, value = context["request"], context["value"]
        venue = venue_of(request)
        if venue is None:
            return None
        choice = Choice(
            least_stars=int(value.get("least_stars") or 1),
            is_featured=bool(value.get("is_featured")),
            count=value.get("count") or 6,
        )
        house = venue.property.pk
        return known(request, ("reviews", house, choice), lambda: shown_reviews(house, choice))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add what is declared of the reviews."""
        context = super().get_context(value, parent_context=parent_context)
        is_sample = context.get("block_def") is self
        shown = None if is_sample or not context["entries"] else self.shown(context)
        if shown is not None:
            context["declaration"] = sentences.declaration(shown)
            context["source"] = sentences.source_name(shown.source)
            context["source_url"] = shown.url if shown.source == Source.GOOGLE else ""
        return context
