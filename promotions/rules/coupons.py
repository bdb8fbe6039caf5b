"""What a coupon asks for beside its promotion, and why it does not hold."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from promotions.rules.eligibility import Case, Finding, Reason, why_elsewhere
from promotions.rules.limits import Limits
from promotions.rules.spans import Window


@dataclass(frozen=True)
class Terms:
    """A coupon's conditions and limits; its promotion has its own.

    `identifier` is the registered name of what tells one person from another, "" for nothing.
    """

    key: Hashable
    limits: Limits
    dates: Window = field(default_factory=Window)
    properties: frozenset[Hashable] = frozenset()
    identifier: str = ""
    minutes_after_reveal: int | None = None
    hold_minutes: int = 15
    works_offline: bool = False
    is_published: bool = True


def coupon_reasons(
    terms: Terms, case: Case, *, code_ends_at: datetime | None = None
) -> tuple[Finding, ...]:
    """Return all that speaks against a coupon for the arrival; its code may end before it does."""
    return tuple(
        Finding(reason, terms.key, next_valid=_next_valid(terms, reason, code_ends_at))
        for reason in _reasons(terms, case, code_ends_at)
    )


def code_ends_at(terms: Terms, *, revealed_at: datetime) -> datetime | None:
    """Return when a code ends that is revealed at an instant; None if it never does."""
    minutes = terms.minutes_after_reveal
    own = None if minutes is None else revealed_at + timedelta(minutes=minutes)
    return min((each for each in (own, terms.dates.ends_at) if each), default=None)


def _reasons(terms: Terms, case: Case, code_ends_at: datetime | None) -> Iterator[Reason]:
    if not terms.is_published:
        yield Reason.DISABLED
    if reason := why_elsewhere(terms.properties, case):
        yield reason
    if not terms.dates.has_begun(case.arrives_at):
        yield Reason.NOT_STARTED
    is_code_over = code_ends_at is not None and code_ends_at <= case.arrives_at
    if terms.dates.is_over(case.arrives_at) or is_code_over:
        yield Reason.EXPIRED


def _next_valid(terms: Terms, reason: Reason, code_ends_at: datetime | None) -> Window | None:
    if reason != Reason.NOT_STARTED:
        return None
    ends = min((each for each in (code_ends_at, terms.dates.ends_at) if each), default=None)
    return Window(terms.dates.starts_at, ends)
