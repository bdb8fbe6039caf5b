"""What does not fit together in a company's promotions, found before a guest finds it."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from promotions.rules.agenda import shifts
from promotions.rules.coupons import Terms
from promotions.rules.eligibility import Rule
from promotions.rules.spans import Window
from promotions.rules.windows import next_open
from suites.rules.calendars import DAY, Calendar

AHEAD = 30
"""Days in which gaps are looked for."""

LONG = 7
"""Days in a row without any promotion that are worth a word."""


class Lint(StrEnum):
    """What is wrong."""

    NEVER_OPENS = "never_opens"
    NO_PAGE = "no_page"
    NO_WAY_TO_GET = "no_way_to_get"
    COVERS_ELSEWHERE = "covers_elsewhere"
    STAYS_TOO_SHORT = "stays_too_short"
    PAGE_OUTLIVES_RULE = "page_outlives_rule"
    PAGE_OUTLIVES_COUPON = "page_outlives_coupon"
    COUPON_WITHOUT_RULE = "coupon_without_rule"
    COUPON_OUTLIVES_RULE = "coupon_outlives_rule"
    COUPON_OUTSIDE_RULE = "coupon_outside_rule"
    COUPON_ELSEWHERE = "coupon_elsewhere"
    BUDGET_NOT_KEPT = "budget_not_kept"
    GAP = "gap"


@dataclass(frozen=True)
class Problem:
    """Something to mend: the rule, coupon or page with that key; a property with a gap."""

    lint: Lint
    key: Hashable
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Subject:
    """A rule as it is published, the published pages that tell of it, and its coupons."""

    rule: Rule
    pages: tuple[Hashable, ...] = ()
    coupons: tuple[Terms, ...] = ()


@dataclass(frozen=True)
class House:
    """A property: its calendar, its suite types, and its stays with their minutes, if periods."""

    key: Hashable
    calendar: Calendar
    suite_types: frozenset[Hashable] = frozenset()
    stays: Mapping[Hashable, int | None] = field(default_factory=dict)


def problems(
    subjects: Iterable[Subject], houses: Iterable[House], *, at: datetime
) -> Iterator[Problem]:
    """Return what is wrong as of an instant: by rules, then what properties lack."""
    subjects, houses = list(subjects), list(houses)
    for subject in subjects:
        own = [house for house in houses if _is_at(subject.rule, house)]
        yield from _of_pages(subject, at)
        yield from _of_coupons(subject, at)
        if is_current(subject.rule, at):
            yield from _of_rule(subject, own, at)
    published = [subject.rule for subject in subjects if is_current(subject.rule, at)]
    for house in houses:
        yield from _gaps([rule for rule in published if _is_at(rule, house)], house, at)


def is_current(rule: Rule, at: datetime) -> bool:
    """Return whether a rule is published, and not over."""
    return rule.is_published and not rule.windows.dates.is_over(at)


def _is_at(rule: Rule, house: House) -> bool:
    return not rule.properties or house.key in rule.properties


def _is_alive(terms: Terms, at: datetime) -> bool:
    return terms.is_published and not terms.dates.is_over(at)


def _of_rule(subject: Subject, houses: list[House], at: datetime) -> Iterator[Problem]:
    rule = subject.rule
    found: dict[Lint, Callable[[], bool]] = {
        Lint.NEVER_OPENS: lambda: not any(_opens(rule, house, at) for house in houses),
        Lint.NO_PAGE: lambda: not subject.pages,
        Lint.NO_WAY_TO_GET: lambda: _has_no_way(subject, at),
        Lint.COVERS_ELSEWHERE: lambda: _covers_elsewhere(rule, houses),
        Lint.BUDGET_NOT_KEPT: lambda: rule.is_automatic and rule.budget_centavos is not None,
        Lint.STAYS_TOO_SHORT: lambda: _is_too_short(rule, houses),
    }
    yield from (Problem(lint, rule.key) for lint, is_so in found.items() if is_so())


def _has_no_way(subject: Subject, at: datetime) -> bool:
    """Return whether nobody can have it; of pages whose coupons are over another lint tells."""
    if subject.rule.is_automatic or any(_is_alive(each, at) for each in subject.coupons):
        return False
    return not (subject.pages and subject.coupons)


def _opens(rule: Rule, house: House, at: datetime) -> bool:
    return next_open(rule.windows, house.calendar, at) is not None


def _covers_elsewhere(rule: Rule, houses: list[House]) -> bool:
    types = frozenset[Hashable]().union(*(house.suite_types for house in houses))
    stays = frozenset[Hashable]().union(*(house.stays for house in houses))
    return not (rule.suite_types <= types and rule.stays <= stays)


def _is_too_short(rule: Rule, houses: list[House]) -> bool:
    minutes = [
        length for house in houses for key, length in house.stays.items() if key in rule.stays
    ]
    least = rule.min_minutes or 0
    return bool(minutes) and all(each is not None and each < least for each in minutes)


def _of_pages(subject: Subject, at: datetime) -> Iterator[Problem]:
    rule, coupons = subject.rule, subject.coupons
    lint = None
    if not is_current(rule, at):
        lint = Lint.PAGE_OUTLIVES_RULE
    elif coupons and not rule.is_automatic and not any(_is_alive(each, at) for each in coupons):
        lint = Lint.PAGE_OUTLIVES_COUPON
    if lint:
        yield from (Problem(lint, page) for page in subject.pages)


def _of_coupons(subject: Subject, at: datetime) -> Iterator[Problem]:
    for terms in subject.coupons:
        lint = _of_coupon(terms, subject.rule, at) if _is_alive(terms, at) else None
        if lint:
            yield Problem(lint, terms.key)


def _of_coupon(terms: Terms, rule: Rule, at: datetime) -> Lint | None:
    own, promised = terms.dates, rule.windows.dates
    if not is_current(rule, at):
        return Lint.COUPON_WITHOUT_RULE
    if terms.properties and rule.properties and not terms.properties & rule.properties:
        return Lint.COUPON_ELSEWHERE
    if not _meet(own, promised):
        return Lint.COUPON_OUTSIDE_RULE
    is_longer = own.ends_at and promised.ends_at and own.ends_at > promised.ends_at
    return Lint.COUPON_OUTLIVES_RULE if is_longer else None


def _meet(one: Window, other: Window) -> bool:
    """Return whether some instant lies in both."""
    begins = [each for each in (one.starts_at, other.starts_at) if each]
    ends = [each for each in (one.ends_at, other.ends_at) if each]
    return not begins or not ends or max(begins) < min(ends)


def _gaps(rules: list[Rule], house: House, at: datetime) -> Iterator[Problem]:
    """Find the days in a row, from today on, on which a property has no promotion at any hour."""
    today = house.calendar.local(at).date()
    first = today
    for number in range(AHEAD + 1):
        day = today + number * DAY
        is_end = number == AHEAD
        if is_end or any(shifts(rule.windows, house.calendar, day) for rule in rules):
            if (day - first).days >= LONG:
                yield Problem(Lint.GAP, house.key, first, day - DAY)
            first = day + DAY
