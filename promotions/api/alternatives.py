"""What guests are told that they could have, where a code does not hold.

Whoever may not know why a code is refused learns nothing here either: other stays are named for
codes alone that hold but for the stay. Nothing is read for it that the answer has not read.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.views.decorators.debug import sensitive_variables

from promotions import services
from promotions.api.saying import discount_out, effect_out, id_of
from promotions.api.schemas import AlternativeOut, OtherStayOut
from promotions.api.verdicts import Inquiry
from promotions.rules.alternatives import Alternative, Option, depends_on_stay, other_stays
from promotions.rules.effects import Bill
from promotions.rules.eligibility import Rule
from promotions.rules.simulation import Simulation
from promotions.services import Refused, Valid
from suites.api.money import money
from suites.api.saying import asked
from suites.rules.quotes import COUPLE, Quote
from suites.selectors import SuiteCard, suite_cards


def alternatives_of(answer: Valid | Refused, inquiry: Inquiry) -> list[AlternativeOut]:
    """Return the promotions without a code that are best, then stays for which the code holds.

    Of a code that holds: those promotions, where guests pay less with them alone.
    """
    found = inquiry.found
    if isinstance(answer, Refused):
        return [*_without_code(found), *_with_code(answer, inquiry)]
    centavos, _hours, _courtesies = found.gain
    return [*_without_code(found)] if centavos > answer.off_centavos else []


def _without_code(found: Simulation) -> Iterator[AlternativeOut]:
    for each in found.applied:
        yield AlternativeOut(
            promotion_id=id_of(each.rule),
            automatic=True,
            effect=effect_out(each.rule.benefit),
            discount=discount_out(each.discount),
        )


def _with_code(answer: Refused, inquiry: Inquiry) -> Iterator[AlternativeOut]:
    rules = {rule.key: rule for rule in inquiry.rules}
    rule = next((rules[each.rule] for each in answer.findings if each.rule in rules), None)
    if rule is None or not depends_on_stay(answer.findings):
        return
    cards = suite_cards(inquiry.offer, at=inquiry.offer.spell(inquiry.ask.at).begins_at)
    by_type = {card.suite_type.pk: card for card in cards}
    options = list(_options(inquiry, cards))
    for found in other_stays(rule, inquiry.case, options, inquiry.rules):
        if _holds(found, inquiry):
            yield _out(rule, found, by_type[found.option.suite_type], inquiry)


def _options(inquiry: Inquiry, cards: list[SuiteCard]) -> Iterator[Option]:
    """Yield what is sold to those who arrive then; two people, where nobody says how many."""
    for card in cards:
        people = inquiry.people or min(COUPLE, card.tariff.capacity)
        for stay in inquiry.offer.stays.values():
            found = asked(card, stay, inquiry.visit.arrival, people, 0)
            if isinstance(found, Quote):
                yield Option(card.suite_type.pk, stay.pk, found.minutes, Bill.of(found.lines))


@sensitive_variables()
def _holds(found: Alternative, inquiry: Inquiry) -> bool:
    """Say whether the code itself could be used so, its limits included; nothing is kept."""
    option = found.option
    ask = replace(
        inquiry.ask,
        bill=option.bill,
        suite_type_id=option.suite_type,
        stay_id=option.stay,
        minutes=option.minutes,
        automatic=(),
    )
    answer = services.validate(ask)
    return isinstance(answer, Valid) or not any(each.is_blocking for each in answer.findings)


def _out(rule: Rule, found: Alternative, card: SuiteCard, inquiry: Inquiry) -> AlternativeOut:
    stay = next(each for each in inquiry.offer.stays.values() if each.pk == found.option.stay)
    return AlternativeOut(
        promotion_id=id_of(rule),
        automatic=False,
        effect=effect_out(rule.benefit),
        discount=discount_out(found.discount),
        stay=OtherStayOut(
            suite_type=card.suite_type.slug,
            suite=card.page.title,
            period=stay.slug,
            name=str(stay),
            price=money(found.option.bill.centavos),
            total=money(found.total),
        ),
    )
