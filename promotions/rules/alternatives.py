"""What guests could have whose coupon does not hold for a stay: the same, for another stay."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from promotions.rules.effects import Bill, Discount, discount
from promotions.rules.eligibility import Case, Finding, Reason, Rule, holds
from promotions.rules.simulation import without_code
from promotions.rules.stacking import Offer, beside, gain

MOST = 2
OF_THE_STAY = {Reason.SUITE_NOT_ELIGIBLE, Reason.PERIOD_NOT_ELIGIBLE, Reason.MIN_SPEND}
"""Reasons that another stay may not have."""


@dataclass(frozen=True)
class Option:
    """A stay in a suite that is sold to those who arrive then, and what it costs."""

    suite_type: UUID
    stay: UUID
    minutes: int
    bill: Bill


@dataclass(frozen=True)
class Alternative:
    """An option for which a promotion holds, what it takes off, and what others do beside it."""

    option: Option
    discount: Discount
    beside_centavos: int = 0

    @property
    def total(self) -> int:
        return self.option.bill.centavos - self.discount.centavos - self.beside_centavos


def depends_on_stay(findings: Iterable[Finding]) -> bool:
    """Return whether all that is against a coupon is the stay, so that another one may help.

    Nothing is told of coupons that are refused for other reasons, which may be secret.
    """
    blocking = [each.reason for each in findings if each.is_blocking]
    return bool(blocking) and OF_THE_STAY.issuperset(blocking)


def other_stays(
    rule: Rule, case: Case, options: Iterable[Option], others: Collection[Rule] = ()
) -> tuple[Alternative, ...]:
    """Return the options nearest to a stay for which a promotion holds and gives something.

    The same suite is nearest, then the same stay; then the one that costs least, with what those
    of the other promotions take off that need no code.
    """
    cases = ((each, _in_place_of(case, each)) for each in options)
    found = [_with(rule, others, each, own) for each, own in cases if holds(rule, own)]
    useful = [each for each in found if not each.discount.is_nothing]

    def distance(each: Alternative) -> tuple[bool, bool, int, str]:
        option = each.option
        is_elsewhere, is_other = option.suite_type != case.suite_type, option.stay != case.stay
        return is_elsewhere, is_other, each.total, f"{option.suite_type}:{option.stay}"

    return tuple(sorted(useful, key=distance)[:MOST])


def _with(rule: Rule, others: Iterable[Rule], option: Option, case: Case) -> Alternative:
    bill = option.bill
    given = discount(rule.benefit, bill)
    automatic = without_code(others, case, bill).automatic
    more = beside(Offer(rule.key, given, rule.lane), automatic, bill.centavos)
    taken, _hours, _courtesies = gain(more, bill.centavos - given.centavos)
    return Alternative(option, given, taken)


def _in_place_of(case: Case, option: Option) -> Case:
    return replace(
        case,
        suite_type=option.suite_type,
        stay=option.stay,
        minutes=option.minutes,
        centavos=option.bill.centavos,
    )
