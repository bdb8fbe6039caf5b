"""Whether a coupon holds for a stay, apart from its limits: every reason why it does not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from promotions import terms as facts
from promotions.rules import limits
from promotions.rules.coupons import coupon_reasons
from promotions.rules.effects import Discount, discount
from promotions.rules.eligibility import Case, Finding, Reason, evaluated, reasons
from promotions.rules.limits import Want
from promotions.rules.stacking import Offer, beside, gain
from promotions.selectors.coupons import Grant
from promotions.services.asks import Ask
from promotions.services.lookups import Found
from promotions.services.persons import given, is_invalid, policy_of
from promotions.terms import read_grant
from suites.rules.calendars import Calendar

SECRET = {Reason.NOT_FOUND, Reason.DISABLED, Reason.WRONG_PROPERTY}
"""What strangers cannot tell from each other, or they could guess codes."""


@dataclass(frozen=True)
class Judgement:
    """What is known of an ask before its limits are asked."""

    case: Case
    findings: tuple[Finding, ...]
    evaluated: tuple[str, ...] = ()
    discount: Discount = field(default_factory=Discount)
    beside: tuple[Offer, ...] = ()

    @property
    def beside_centavos(self) -> int:
        """What promotions without a code take off of what the coupon leaves of the bill."""
        left = (self.case.centavos or 0) - self.discount.centavos
        taken, _hours, _courtesies = gain(self.beside, left)
        return taken

    @property
    def is_secret(self) -> bool:
        """Whether strangers must not learn more."""
        return any(each.reason in SECRET for each in self.findings)


def judge(ask: Ask, found: Found) -> Judgement:
    """Return what speaks against using a code for a stay; the same questions for all strangers."""
    calendar = facts.calendar_of(ask.house, version=found.version)
    case = case_of(ask, calendar)
    if found.grant is None:
        return Judgement(case, (Finding(Reason.NOT_FOUND, None),))
    rule = found.grant.rule
    findings = tuple(_findings(ask, found, found.grant, case))
    own = Offer(rule.key, discount(rule.benefit, ask.bill), rule.lane)
    judged = Judgement(
        case=case,
        # what was found of another coupon took as long, and is nobody's business
        findings=findings if found.code else findings[:1],
        evaluated=evaluated(rule, case),
        discount=own.discount,
        beside=beside(own, ask.automatic, ask.bill.centavos),
    )
    if ask.is_stranger and judged.is_secret:
        return _kept_secret(found, judged)
    return judged


def case_of(ask: Ask, calendar: Calendar) -> Case:
    return Case(
        at=ask.at,
        calendar=calendar,
        property_id=ask.house.pk,
        arrival=ask.arrival,
        suite_type=ask.suite_type_id,
        stay=ask.stay_id,
        minutes=ask.minutes,
        centavos=ask.bill.centavos,
    )


def wants_of(
    ask: Ask, found: Found, judged: Judgement, subject_id: UUID | None
) -> tuple[Want, ...]:
    """Return what a use takes of the limits of a coupon that holds."""
    if found.grant is None or found.code is None:
        return ()
    case = judged.case
    use = limits.Use(
        code_id=found.code.id,
        property_id=ask.house.pk,
        day=case.calendar.local(case.arrives_at).date(),
        discount_centavos=judged.discount.centavos,
        subject_id=subject_id,
    )
    return limits.wants(found.grant.terms.limits, use)


def personal(found: Found, subject_id: UUID | None) -> tuple[Finding, ...]:
    """Return what speaks against a person's using a code that may be another's own."""
    owner_id = found.code.subject_id if found.code else None
    if owner_id in {None, subject_id}:
        return ()
    return (Finding(Reason.HELD_BY_OTHER, found.coupon_id),)


def _findings(ask: Ask, found: Found, grant: Grant, case: Case) -> Iterator[Finding]:
    code, key = found.code, found.coupon_id
    if code is None:
        yield Finding(Reason.NOT_FOUND, None)
    elif code.disabled_at is not None:
        yield Finding(Reason.DISABLED, key)
    yield from coupon_reasons(grant.terms, case, code_ends_at=code.ends_at if code else None)
    yield from reasons(grant.rule, case)
    if policy_of(found) is None:
        return
    if given(ask, found) is None:
        yield Finding(Reason.IDENTIFIER_REQUIRED, key, is_blocking=False)
    elif is_invalid(ask, found):
        yield Finding(Reason.IDENTIFIER_INVALID, key, is_blocking=False)


def _kept_secret(found: Found, judged: Judgement) -> Judgement:
    """Say one thing for all that is secret, having asked the database as much for each."""
    if not found.was_read:
        read_grant(found.coupon_id)
    return Judgement(judged.case, (Finding(Reason.NOT_FOUND, None),))
