"""Asking whether a coupon could be used; nothing is written, and nothing is kept for anybody."""

from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from promotions import spending
from promotions.rules.eligibility import Finding
from promotions.services.answers import Refused, Valid
from promotions.services.asks import Ask
from promotions.services.judging import Judgement, judge, personal, wants_of
from promotions.services.lookups import Found, find
from promotions.services.persons import find_person, given
from promotions.services.reaching import reached

NOBODY = UUID(int=0)
"""Whose uses are counted for a person whom the vault does not know: none."""


@sensitive_variables("ask")
def validate(ask: Ask) -> Valid | Refused:
    """Say what a coupon would give for a stay, or every reason why it does not hold."""
    found = find(ask)
    judged = judge(ask, found)
    findings = (*judged.findings, *_limits(ask, found, judged))
    if findings or found.grant is None:
        return Refused(findings, judged.evaluated)
    return Valid(
        coupon_id=found.grant.terms.limits.coupon_id,
        rule_id=found.grant.terms.limits.rule_id,
        benefit=found.grant.rule.benefit,
        discount=judged.discount,
        price_centavos=ask.bill.centavos,
        beside=judged.beside,
        beside_centavos=judged.beside_centavos,
        evaluated=judged.evaluated,
    )


def _limits(ask: Ask, found: Found, judged: Judgement) -> tuple[Finding, ...]:
    """Return the limits that are reached; holds that should have ended count no more."""
    if found.code is None or judged.is_secret:
        return ()
    subject_id = find_person(ask, found)
    if findings := personal(found, subject_id if given(ask, found) else found.code.subject_id):
        return findings
    wants = wants_of(ask, found, judged, subject_id or NOBODY)
    left = spending.what_is_left(wants, at=ask.at) if wants else []
    full = [want for want, rest in zip(wants, left, strict=True) if rest < want.amount]
    return reached(full, found, judged)
