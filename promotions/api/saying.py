"""What the API says of decisions: reasons with their sentences, effects, discounts, uses."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from promotions.api.schemas import (
    DiscountOut,
    EffectOut,
    ReasonOut,
    SpanOut,
)
from promotions.rules.effects import Benefit, Discount
from promotions.rules.eligibility import Finding, Rule
from promotions.rules.spans import Window
from promotions.sentences import benefit_text, refusal
from suites.api.money import money, money_or_none
from suites.rules.calendars import Calendar


def id_of(rule: Rule) -> UUID:
    """Return the id of the row that a rule is of."""
    return UUID(str(rule.key))


def effect_out(benefit: Benefit) -> EffectOut:
    return EffectOut(
        type=benefit.effect,
        percent=benefit.percent,
        cap=money_or_none(benefit.cap_centavos),
        amount=money_or_none(benefit.amount_centavos),
        price=money_or_none(benefit.price_centavos),
        hours=benefit.hours,
        courtesy=benefit.courtesy,
        text=benefit_text(benefit),
    )


def discount_out(found: Discount) -> DiscountOut:
    return DiscountOut(amount=money(found.centavos), hours=found.hours, courtesy=found.courtesy)


def span_out(span: Window, calendar: Calendar) -> SpanOut:
    return SpanOut(
        begins_at=calendar.local(span.starts_at) if span.starts_at else None,
        ends_at=calendar.local(span.ends_at) if span.ends_at else None,
    )


def reason_out(finding: Finding, calendar: Calendar, rule: Rule | None) -> ReasonOut:
    return ReasonOut(
        code=finding.reason,
        rule=finding.rule if isinstance(finding.rule, UUID) else None,
        blocking=finding.is_blocking,
        next_valid=span_out(finding.next_valid, calendar) if finding.next_valid else None,
        message=refusal(finding.reason, rule),
    )


def reasons_out(
    findings: Iterable[Finding], calendar: Calendar, rules: Mapping[Any, Rule]
) -> list[ReasonOut]:
    """Return what speaks against something; `rules` by their keys, for sentences that need one."""
    return [reason_out(each, calendar, rules.get(each.rule)) for each in findings]
