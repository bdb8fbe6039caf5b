"""Why a promotion, or a coupon, does not hold for a stay: every reason, not only the first one.

A check is asked when the promotion has such a condition and the case says what it is about; the
reasons' sentences are in `promotions.sentences`.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any

from promotions.rules.effects import Benefit
from promotions.rules.spans import Window
from promotions.rules.stacking import Lane
from promotions.rules.windows import Windows, is_open, next_open
from suites.rules.calendars import Calendar


class Reason(StrEnum):
    """Why a coupon or a promotion is refused."""

    NOT_FOUND = "NOT_FOUND"
    DISABLED = "DISABLED"
    NOT_STARTED = "NOT_STARTED"
    EXPIRED = "EXPIRED"
    OUTSIDE_WEEKDAY = "OUTSIDE_WEEKDAY"
    OUTSIDE_HOUR_WINDOW = "OUTSIDE_HOUR_WINDOW"
    HOLIDAY_EXCLUDED = "HOLIDAY_EXCLUDED"
    LEAD_TIME = "LEAD_TIME"
    SUITE_NOT_ELIGIBLE = "SUITE_NOT_ELIGIBLE"
    PERIOD_NOT_ELIGIBLE = "PERIOD_NOT_ELIGIBLE"
    MIN_SPEND = "MIN_SPEND"
    GLOBAL_LIMIT = "GLOBAL_LIMIT"
    CODE_LIMIT = "CODE_LIMIT"
    IDENTIFIER_LIMIT = "IDENTIFIER_LIMIT"
    BUDGET_EXHAUSTED = "BUDGET_EXHAUSTED"
    IDENTIFIER_REQUIRED = "IDENTIFIER_REQUIRED"
    IDENTIFIER_INVALID = "IDENTIFIER_INVALID"
    NOT_COMBINABLE = "NOT_COMBINABLE"
    WRONG_PROPERTY = "WRONG_PROPERTY"
    HELD_BY_OTHER = "HELD_BY_OTHER"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"


class Check(StrEnum):
    """What is looked at."""

    PUBLISHED = "PUBLISHED"
    PROPERTY = "PROPERTY"
    WINDOW = "WINDOW"
    LEAD_TIME = "LEAD_TIME"
    SUITE = "SUITE"
    PERIOD = "PERIOD"
    MIN_STAY = "MIN_STAY"
    MIN_SPEND = "MIN_SPEND"
    COMBINATION = "COMBINATION"


@dataclass(frozen=True)
class Case:
    """A stay for which somebody asks, at `at`; guests who don't say when arrive at once.

    What is not known yet is None, and nothing is refused for it. `applied` are the lanes of
    promotions that are to be combined with this one.
    """

    at: datetime
    calendar: Calendar
    property_id: Hashable
    arrival: datetime | None = None
    suite_type: Hashable = None
    stay: Hashable = None
    minutes: int | None = None
    centavos: int | None = None
    applied: tuple[Lane, ...] = ()

    @property
    def arrives_at(self) -> datetime:
        return self.arrival or self.at


@dataclass(frozen=True)
class Extra:
    """A condition that somebody else decides on, as it is set; see `promotions.validators`."""

    name: str
    settings: Mapping[str, Any] = field(hash=False)
    against: Callable[[Mapping[str, Any], Case], str | None]


@dataclass(frozen=True)
class Rule:
    """A promotion's conditions; what is empty or None sets none. What it gives is `benefit`."""

    key: Hashable
    benefit: Benefit
    windows: Windows = field(default_factory=Windows)
    properties: frozenset[Hashable] = frozenset()
    suite_types: frozenset[Hashable] = frozenset()
    stays: frozenset[Hashable] = frozenset()
    min_minutes: int | None = None
    min_centavos: int | None = None
    lead_minutes: int | None = None
    lead_minutes_max: int | None = None
    budget_centavos: int | None = None
    is_automatic: bool = False
    is_published: bool = True
    lane: Lane = field(default_factory=Lane)
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A reason against a promotion or coupon, whose key is `rule`: a `Reason`, or another's own.

    One that is not blocking can be mended by saying more. `next_valid` is when it holds again.
    """

    reason: str
    rule: Hashable
    is_blocking: bool = True
    next_valid: Window | None = None


@dataclass(frozen=True)
class _Question:
    check: Check
    is_asked: Callable[[Rule, Case], bool]
    answer: Callable[[Rule, Case], Reason | None]


def reasons(rule: Rule, case: Case) -> tuple[Finding, ...]:
    """Return all that speaks against a promotion, in the order of the checks; () if it holds."""
    own = (each.answer(rule, case) for each in _asked(rule, case))
    found = chain(own, (each.against(each.settings, case) for each in rule.extras))
    return tuple(
        Finding(reason, rule.key, next_valid=_next_valid(rule, case, reason))
        for reason in found
        if reason
    )


def holds(rule: Rule, case: Case) -> bool:
    """Return whether nothing speaks against a promotion.

    When it would hold again is not looked for, which may take a search through years.
    """
    cheap_first = reversed(_QUESTIONS)  # hours and holidays take longest
    own = (each.answer(rule, case) for each in cheap_first if each.is_asked(rule, case))
    return not any(chain(own, (each.against(each.settings, case) for each in rule.extras)))


def evaluated(rule: Rule, case: Case) -> tuple[str, ...]:
    """Return the checks that `reasons` asks, then the names of validators."""
    return (*(each.check for each in _asked(rule, case)), *(each.name for each in rule.extras))


def why_shut(windows: Windows, calendar: Calendar, at: datetime) -> Reason | None:
    """Return why a promotion is not in force at an instant, None if it is.

    Of several openings the one that is missed by least tells: by its hours, then by a holiday.
    """
    if not windows.dates.has_begun(at):
        return Reason.NOT_STARTED
    if windows.dates.is_over(at):
        return Reason.EXPIRED
    if is_open(windows, calendar, at):
        return None
    day = calendar.local(at).date()
    near = [each for each in windows.openings if each.fits_weekday(day)]
    if not near:
        return Reason.OUTSIDE_WEEKDAY
    is_day = any(each.fits_holiday(calendar, day) for each in near)
    return Reason.OUTSIDE_HOUR_WINDOW if is_day else Reason.HOLIDAY_EXCLUDED


def why_elsewhere(properties: Iterable[Hashable], case: Case) -> Reason | None:
    """Return whether a case is at none of the properties; none named are all."""
    known = frozenset(properties)
    return Reason.WRONG_PROPERTY if known and case.property_id not in known else None


def _asked(rule: Rule, case: Case) -> list[_Question]:
    return [each for each in _QUESTIONS if each.is_asked(rule, case)]


def _next_valid(rule: Rule, case: Case, reason: str) -> Window | None:
    """Return when a promotion holds next for who asks now, if waiting helps."""
    if reason not in TEMPORARY:
        return None
    earliest = case.at.astimezone(UTC) + timedelta(minutes=rule.lead_minutes or 0)
    return next_open(rule.windows, case.calendar, max(earliest, case.arrives_at))


def _lead(rule: Rule, case: Case) -> Reason | None:
    lead = case.arrives_at - case.at
    least, most = rule.lead_minutes, rule.lead_minutes_max
    is_early = least is not None and lead < timedelta(minutes=least)
    is_late = most is not None and lead > timedelta(minutes=most)
    return Reason.LEAD_TIME if is_early or is_late else None


def _combination(rule: Rule, case: Case) -> Reason | None:
    is_possible = all(rule.lane.combines(other) for other in case.applied)
    return None if is_possible else Reason.NOT_COMBINABLE


def _unless(is_met: bool, reason: Reason) -> Reason | None:
    return None if is_met else reason


_QUESTIONS = (
    _Question(
        Check.PUBLISHED,
        lambda rule, case: True,
        lambda rule, case: _unless(rule.is_published, Reason.DISABLED),
    ),
    _Question(
        Check.PROPERTY,
        lambda rule, case: bool(rule.properties),
        lambda rule, case: why_elsewhere(rule.properties, case),
    ),
    _Question(
        Check.WINDOW,
        lambda rule, case: rule.windows != Windows(),
        lambda rule, case: why_shut(rule.windows, case.calendar, case.arrives_at),
    ),
    _Question(
        Check.LEAD_TIME,
        lambda rule, case: (rule.lead_minutes, rule.lead_minutes_max) != (None, None),
        _lead,
    ),
    _Question(
        Check.SUITE,
        lambda rule, case: bool(rule.suite_types) and case.suite_type is not None,
        lambda rule, case: _unless(case.suite_type in rule.suite_types, Reason.SUITE_NOT_ELIGIBLE),
    ),
    _Question(
        Check.PERIOD,
        lambda rule, case: bool(rule.stays) and case.stay is not None,
        lambda rule, case: _unless(case.stay in rule.stays, Reason.PERIOD_NOT_ELIGIBLE),
    ),
    _Question(
        Check.MIN_STAY,
        lambda rule, case: rule.min_minutes is not None and case.minutes is not None,
        lambda rule, case: _unless(
            (case.minutes or 0) >= (rule.min_minutes or 0), Reason.PERIOD_NOT_ELIGIBLE
        ),
    ),
    _Question(
        Check.MIN_SPEND,
        lambda rule, case: rule.min_centavos is not None and case.centavos is not None,
        lambda rule, case: _unless(
            (case.centavos or 0) >= (rule.min_centavos or 0), Reason.MIN_SPEND
        ),
    ),
    _Question(Check.COMBINATION, lambda rule, case: bool(case.applied), _combination),
)

TEMPORARY = frozenset(
    {
        Reason.NOT_STARTED,
        Reason.OUTSIDE_WEEKDAY,
        Reason.OUTSIDE_HOUR_WINDOW,
        Reason.HOLIDAY_EXCLUDED,
        Reason.LEAD_TIME,
    }
)
"""Reasons that pass with time."""
