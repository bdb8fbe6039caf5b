"""What is asked of a coupon, and what is answered."""

from dataclasses import dataclass

from django.utils.translation import get_language

from promotions.api.saying import alternatives_out, discount_out, effect_out, reasons_out
from promotions.api.schemas import AlternativeOut, ReasonOut, VerdictOut
from promotions.api.stays import Visit
from promotions.rules.eligibility import Case, Rule
from promotions.selectors import published_rules
from promotions.services import Ask, Refused, Valid
from suites.api.money import money
from suites.selectors import Offer
from tenancy.api.content import of_version


@dataclass(frozen=True)
class Inquiry:
    """What is asked, where, and which promotions there are."""

    ask: Ask
    visit: Visit
    offer: Offer

    @property
    def rules(self) -> list[Rule]:
        return rules_now()

    @property
    def case(self) -> Case:
        """The stay as promotions that need no code look at it."""
        return self.visit.case(self.offer, at=self.ask.at, bill=self.ask.bill)


def rules_now() -> list[Rule]:
    """Return the published rules, with courtesies in the reader's language."""
    language = get_language()
    return of_version(("rules", language), lambda: published_rules(language=language))


def reasons_of(answer: Refused, inquiry: Inquiry) -> list[ReasonOut]:
    rules = {rule.key: rule for rule in inquiry.rules}
    return reasons_out(answer.findings, inquiry.offer.calendar, rules)


def alternatives_of(inquiry: Inquiry) -> list[AlternativeOut]:
    return alternatives_out(inquiry.rules, inquiry.case, inquiry.ask.bill)


def verdict_out(answer: Valid | Refused, inquiry: Inquiry) -> VerdictOut:
    """Return what a code would give, or why it does not hold, and what else there is."""
    if isinstance(answer, Refused):
        return VerdictOut(
            valid=False,
            reasons=reasons_of(answer, inquiry),
            alternatives=alternatives_of(inquiry),
            evaluated=[str(each) for each in answer.evaluated],
        )
    return VerdictOut(
        valid=True,
        promotion_id=answer.rule_id,
        effect=effect_out(answer.benefit),
        price=money(answer.price_centavos),
        discount=discount_out(answer.discount),
        total=money(answer.price_centavos - answer.discount.centavos),
        evaluated=[str(each) for each in answer.evaluated],
    )
