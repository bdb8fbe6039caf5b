"""Which promotions a stay gets without a code, and which it would get: live, or as drafts say."""

from collections.abc import Iterable
from dataclasses import dataclass

from promotions.rules.effects import Bill, discount
from promotions.rules.eligibility import Case, Finding, Rule, reasons
from promotions.rules.stacking import Offer, best


@dataclass(frozen=True)
class Simulation:
    """What is applied, what holds besides and gives something, and what speaks against the rest."""

    applied: tuple[Offer, ...]
    others: tuple[Offer, ...]
    refused: tuple[tuple[Finding, ...], ...]


def simulate(rules: Iterable[Rule], case: Case, bill: Bill) -> Simulation:
    """Return what becomes of rules for a stay; one that needs a code is never applied."""
    held: list[tuple[Rule, Offer]] = []
    refused = []
    for rule in rules:
        if found := reasons(rule, case):
            refused.append(found)
        else:
            held.append((rule, offer_of(rule, bill)))
    applied = best((offer for rule, offer in held if rule.is_automatic), bill.centavos)
    others = (offer for _rule, offer in held if offer not in applied)
    useful = tuple(offer for offer in others if not offer.discount.is_nothing)
    return Simulation(applied, useful, tuple(refused))


def offer_of(rule: Rule, bill: Bill) -> Offer:
    """Return what a rule would give on a bill, whether it holds or not."""
    return Offer(rule.key, discount(rule.benefit, bill), rule.lane)
