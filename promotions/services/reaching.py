"""What is said where limits are reached: why, and when there may be room again."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from promotions.enums import UseState
from promotions.models import CouponUse
from promotions.rules.eligibility import Finding, Reason
from promotions.rules.limits import Want
from promotions.rules.spans import Window
from promotions.rules.windows import next_open
from promotions.services.judging import Judgement
from promotions.services.lookups import Found

REASONS = {
    "code": Reason.CODE_LIMIT,
    "person": Reason.IDENTIFIER_LIMIT,
    "budget": Reason.BUDGET_EXHAUSTED,
}
"""Limits are called by the beginnings of their meters' keys; those of all are global ones."""


def reached(wants: Iterable[Want], found: Found, judged: Judgement) -> tuple[Finding, ...]:
    """Return what is said of limits that are reached, each reason once."""
    said: dict[str, Finding] = {}
    for finding in _findings(wants, found, judged):
        said.setdefault(finding.reason, finding)
    return tuple(said.values())


def _findings(wants: Iterable[Want], found: Found, judged: Judgement) -> Iterator[Finding]:
    for want in wants:
        kind = want.key.partition(":")[0]
        if kind == "code" and (until := _held_until(found, judged.case.at)):
            yield Finding(
                Reason.HELD_BY_OTHER, want.owner_id, is_blocking=False, next_valid=Window(until)
            )
            continue
        again = _next_period(kind, judged)
        reason = REASONS.get(kind, Reason.GLOBAL_LIMIT)
        yield Finding(reason, want.owner_id, next_valid=_opening(again, found, judged))


def _held_until(found: Found, at: datetime) -> datetime | None:
    """Return when the first hold of a code ends, if somebody has one."""
    if found.code is None:
        return None
    held = CouponUse.objects.filter(
        coupon_id=found.coupon_id, code_id=found.code.id, state=UseState.HELD, expires_at__gt=at
    )
    until: datetime | None = (
        held.order_by("expires_at").values_list("expires_at", flat=True).first()
    )
    return until


def _next_period(kind: str, judged: Judgement) -> datetime | None:
    """Return when the period after the arrival's begins, for limits of a period."""
    calendar = judged.case.calendar
    day = calendar.local(judged.case.arrives_at).date()
    beginnings = {
        "day": day + timedelta(days=1),
        "week": day + timedelta(days=7 - day.weekday()),
        "month": (day.replace(day=1) + timedelta(days=32)).replace(day=1),
    }
    begins: date | None = beginnings.get(kind)
    return calendar.instant(begins, time()) if begins else None


def _opening(again: datetime | None, found: Found, judged: Judgement) -> Window | None:
    """Return when the promotion holds for the first time from an instant on, if there is one."""
    if again is None or found.grant is None:
        return None
    return next_open(found.grant.rule.windows, judged.case.calendar, again)
