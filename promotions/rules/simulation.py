"""What promotions would do for a stay, live or as drafts say; limits are left aside."""

from collections.abc import Iterable
from dataclasses import dataclass

from promotions.rules.effects import Bill, Discount, discount
from promotions.rules.eligibility import Case, Finding, Rule, holds, reasons
from promotions.rules.stacking import Gain, Offer, best, gain


@dataclass(frozen=True)
class Trial:
    """A rule, what it would give whether it holds or not, and all that speaks against it.

    It is applied if it needs no code, holds, and is among those that are best for guests.
    """

    rule: Rule
    discount: Discount
    findings: tuple[Finding, ...]
    is_applied: bool = False

    @property
    def holds(self) -> bool:
        return not self.findings

    @property
    def offer(self) -> Offer:
        return Offer(self.rule.key, self.discount, self.rule.lane)


@dataclass(frozen=True)
class Simulation:
    """What becomes of each rule, in the order in which they came, and what guests gain in all."""

    trials: tuple[Trial, ...] = ()
    gain: Gain = (0, 0, 0)

    @property
    def applied(self) -> tuple[Trial, ...]:
        """What guests get without a code: the best there is for them."""
        return tuple(each for each in self.trials if each.is_applied)

    @property
    def automatic(self) -> tuple[Offer, ...]:
        """All that hold without a code, the best and the others: a coupon goes beside some."""
        return tuple(each.offer for each in self.trials if each.rule.is_automatic and each.holds)

    def of(self, offers: Iterable[Offer]) -> tuple[Trial, ...]:
        """Return what offers are of."""
        keys = {each.key for each in offers}
        return tuple(each for each in self.trials if each.rule.key in keys)


def simulate(rules: Iterable[Rule], case: Case, bill: Bill) -> Simulation:
    """Return what becomes of rules for a stay; one that needs a code is never applied."""
    tried = [(rule, discount(rule.benefit, bill), reasons(rule, case)) for rule in rules]
    automatic = [
        Offer(rule.key, given, rule.lane)
        for rule, given, found in tried
        if rule.is_automatic and not found
    ]
    applied = best(automatic, bill.centavos)
    keys = {each.key for each in applied}
    trials = (Trial(rule, given, found, rule.key in keys) for rule, given, found in tried)
    return Simulation(tuple(trials), gain(applied, bill.centavos))


def without_code(rules: Iterable[Rule], case: Case, bill: Bill) -> Simulation:
    """Return the same of those rules alone that hold without a code; why others don't is not asked.

    What guests see asks it for every stay, at every instant at which a price may turn.
    """
    return simulate((each for each in rules if each.is_automatic and holds(each, case)), case, bill)
