"""Using a coupon: holding it for a while, or redeeming it at once."""

from datetime import timedelta
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from promotions import spending
from promotions.enums import UseState
from promotions.selectors.coupons import Grant
from promotions.services.answers import KeyReused, Refused, Taken, UseFacts
from promotions.services.asks import Ask, Request, digest_of
from promotions.services.judging import Judgement, judge, personal, wants_of
from promotions.services.lookups import Found, earlier_use, find
from promotions.services.persons import make_person
from promotions.services.reaching import reached
from promotions.spending import NewUse


@sensitive_variables("ask")
def hold(ask: Ask, request: Request) -> Taken | Refused:
    """Keep a use for whoever asks, for as long as its coupon says; then it must be committed.

    Raises `KeyReused`. Not inside a transaction, in which others would wait for its end.
    """
    return _take(ask, request, is_held=True)


@sensitive_variables("ask")
def redeem(ask: Ask, request: Request) -> Taken | Refused:
    """Spend a use at once. Raises `KeyReused`. Not inside a transaction either."""
    return _take(ask, request, is_held=False)


@sensitive_variables("ask")
def _take(ask: Ask, request: Request, *, is_held: bool) -> Taken | Refused:
    use_id = request.id("hold" if is_held else "redeem")
    found = find(ask, use_id)
    if found.has_been_here:
        return _earlier(use_id, ask, found)
    judged = judge(ask, found)
    if judged.findings or found.grant is None or found.code is None:
        return Refused(judged.findings, judged.evaluated)
    subject_id = make_person(ask, found)
    if findings := personal(found, subject_id):
        return Refused(findings, judged.evaluated)
    terms = found.grant.terms
    use = NewUse(
        id=use_id,
        coupon_id=terms.limits.coupon_id,
        code_id=found.code.id,
        rule_id=terms.limits.rule_id,
        property_id=ask.house.pk,
        subject_id=subject_id,
        price_centavos=ask.bill.centavos,
        discount_centavos=judged.discount.centavos,
        beside_centavos=judged.beside_centavos,
        digest=digest_of(ask, subject_id),
        at=ask.at,
        expires_at=ask.at + timedelta(minutes=terms.hold_minutes) if is_held else None,
        actor=request.actor,
        stay=ask.stay(),
        gives=gives(found.grant, judged),
    )
    return _write(use, ask, found, judged)


def _write(use: NewUse, ask: Ask, found: Found, judged: Judgement) -> Taken | Refused:
    """Write the use; refused by a limit or a key, see whether the request was here meanwhile."""
    try:
        full = spending.take(use, wants_of(ask, found, judged, use.subject_id))
    except spending.AlreadyTaken:
        return _earlier(use.id, ask, found)
    if not full:
        return Taken(facts_of(use))
    if find(ask, use.id).has_been_here:
        return _earlier(use.id, ask, found)
    return Refused(reached(full, found, judged), judged.evaluated)


def _earlier(use_id: UUID, ask: Ask, found: Found) -> Taken:
    """Return what the same request was answered before. Raises `KeyReused`."""
    use = earlier_use(use_id, ask, found)
    if use is None:
        raise KeyReused
    return Taken(UseFacts.of(use), is_repeated=True)


def gives(grant: Grant, judged: Judgement) -> dict[str, str | int]:
    """Return what is kept of what a use gives, whatever becomes of its promotion."""
    found = judged.discount
    kept: dict[str, str | int] = {"hours": found.hours, "courtesy": found.courtesy}
    return {"effect": grant.rule.benefit.effect.value, **{k: v for k, v in kept.items() if v}}


def facts_of(use: NewUse) -> UseFacts:
    return UseFacts(
        id=use.id,
        coupon_id=use.coupon_id,
        rule_id=use.rule_id,
        property_id=use.property_id,
        state=UseState.HELD if use.expires_at else UseState.SPENT,
        price_centavos=use.price_centavos,
        discount_centavos=use.discount_centavos,
        beside_centavos=use.beside_centavos,
        gives=use.gives,
        created_at=use.at,
        expires_at=use.expires_at,
    )
