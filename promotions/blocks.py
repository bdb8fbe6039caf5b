"""StreamField blocks about offers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from promotions.shown import CouponOffer, PromotionCard
from theme.blocks import OFFERS, FeedBlock, SnippetBlock


class PromotionsBlock(FeedBlock):
    """The promotions that are on."""

    samples = (
        PromotionCard("Terça a dois", "O período de três horas pelo preço de duas.", "#"),
        PromotionCard("Aniversário do mês", "O espumante é por nossa conta.", "#"),
        PromotionCard("Pernoite com café", "Durma até as dez, com café na cama.", "#"),
    )

    class Meta:
        icon = "pick"
        group = OFFERS
        label = _("Promoções")
        description = _("As promoções publicadas, cada uma com o caminho para a sua página.")
        template = "promotions/blocks/promotions.html"
        empty_text = _("Aqui aparecem as promoções, quando houver alguma publicada.")
        preview_value = {"heading": "Esta semana", "text": ""}

    def entries(self, context: Mapping[str, Any]) -> Sequence[PromotionCard]:
        """Return the promotions in force on the page's site."""
        from promotions.cards import promotion_cards  # noqa: PLC0415 (pages import blocks)

        return promotion_cards(context["request"])


class PublishedCouponBlock(SnippetBlock):
    """Chooses a coupon that is published: of a draft guests could uncover nothing."""

    def clean(self, value: Any) -> Any:
        """Refuse a coupon that is only a draft."""
        coupon = super().clean(value)
        if coupon is not None and not coupon.live:
            raise ValidationError(_("Este cupom ainda não está publicado."))
        return coupon


class CouponRevealBlock(FeedBlock):
    """An offer in words, whose code guests uncover by a request of their own.

    Nothing of the code is on the page. Guests see the block while the coupon can be had.
    """

    samples = (
        CouponOffer(
            "amostra",
            "20% de desconto",
            ("De terça-feira a quinta-feira, das 12:00 às 18:00", "1 vez por pessoa"),
        ),
    )

    coupon = PublishedCouponBlock("promotions.Coupon", label=_("Cupom"))

    class Meta:
        icon = "lock-open"
        group = OFFERS
        label = _("Cupom")
        description = _("Um desconto cujo código o hóspede revela com um toque.")
        template = "promotions/blocks/coupon_reveal.html"
        empty_text = _("Aqui aparece o cupom, quando estiver publicado e no prazo.")
        preview_value = {
            "heading": "Um mimo para a sua próxima noite",
            "text": "",
            "coupon": None,
        }

    def entries(self, context: Mapping[str, Any]) -> Sequence[CouponOffer]:
        """Return the coupon in words while its dates hold the page's instant."""
        from promotions.clock import shown_coupon  # noqa: PLC0415 (pages import blocks)

        found = shown_coupon(context["request"], context["value"]["coupon"])
        return () if found is None else (found,)
