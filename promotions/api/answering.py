"""What is answered to whoever asks whether a code could be used."""

from promotions.api.alternatives import alternatives_of
from promotions.api.saying import discount_out, effect_out, id_of
from promotions.api.schemas import BesideOut, VerdictOut
from promotions.api.verdicts import Inquiry, reasons_of
from promotions.services import Refused, Valid
from suites.api.money import money


def verdict_out(answer: Valid | Refused, inquiry: Inquiry) -> VerdictOut:
    """Return what a code would give, or why it does not hold, and what else there is."""
    if isinstance(answer, Refused):
        return VerdictOut(
            valid=False,
            reasons=reasons_of(answer, inquiry),
            alternatives=alternatives_of(answer, inquiry),
            evaluated=[str(each) for each in answer.evaluated],
        )
    return VerdictOut(
        valid=True,
        promotion_id=answer.rule_id,
        effect=effect_out(answer.benefit),
        price=money(answer.price_centavos),
        discount=discount_out(answer.discount),
        beside=money(answer.beside_centavos),
        promotions=beside_out(answer, inquiry),
        total=money(answer.price_centavos - answer.off_centavos),
        alternatives=alternatives_of(answer, inquiry),
        evaluated=[str(each) for each in answer.evaluated],
    )


def beside_out(answer: Valid, inquiry: Inquiry) -> list[BesideOut]:
    """Return the promotions without a code that go with one."""
    return [
        BesideOut(
            promotion_id=id_of(each.rule),
            effect=effect_out(each.rule.benefit),
            discount=discount_out(each.discount),
        )
        for each in inquiry.found.of(answer.beside)
    ]
