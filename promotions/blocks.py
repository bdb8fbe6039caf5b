"""StreamField blocks about offers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from promotions.cards import PromotionCard, promotion_cards
from theme.blocks import OFFERS, FeedBlock


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
        return promotion_cards(context["request"])


class CouponRevealBlock(FeedBlock):
    """An offer whose code a guest uncovers."""

    class Meta:
        icon = "lock-open"
        group = OFFERS
        label = _("Cupom")
        description = _("Um desconto cujo código o hóspede revela com um toque.")
        template = "promotions/blocks/coupon_reveal.html"
        empty_text = _("Aqui aparece o cupom, quando houver um em vigor.")
        preview_value = {"heading": "Um mimo para a sua próxima noite", "text": ""}

    def entries(self, context: Mapping[str, Any]) -> Sequence[Any]:
        """Return no coupon: none can be issued yet."""
        return ()
