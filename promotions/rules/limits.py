"""Which meters a use of a coupon wants, by the limits that the coupon and its promotion set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from promotions.enums import Scope


@dataclass(frozen=True)
class Limits:
    """A coupon's limits; None is no limit. Budgets are in centavos."""

    coupon_id: UUID
    rule_id: UUID
    total: int | None = None
    per_code: int | None = None
    per_property: int | None = None
    per_day: int | None = None
    per_week: int | None = None
    per_month: int | None = None
    budget: int | None = None
    rule_budget: int | None = None
    per_person: int | None = None
    person_scope: Scope = Scope.TENANT


@dataclass(frozen=True)
class Use:
    """What is to be used: a code, at a property, on a day of its calendar, by a person.

    `day` is the one on which the guest arrives, on the property's clocks.
    """

    code_id: UUID
    property_id: UUID
    day: date
    discount_centavos: int
    subject_id: UUID | None = None


@dataclass(frozen=True)
class Want:
    """An amount of a meter, which may be taken while no more than `limit` is.

    `is_shared` says that many may want it at the same time.
    """

    owner_id: UUID
    key: str
    amount: int
    limit: int
    is_shared: bool = False


class PersonUnknown(Exception):
    """A coupon counts persons, and the use does not say who it is."""


def wants(limits: Limits, use: Use) -> tuple[Want, ...]:
    """Return what a use takes of each limit. Raises `PersonUnknown`.

    Weeks begin on Monday, and are those of ISO 8601: the last days of December may be of the
    year's first week. A discount of nothing takes nothing of a budget.
    """
    return (*_counts(limits, use), *_person(limits, use), *_budgets(limits, use))


def _counts(limits: Limits, use: Use) -> Iterator[Want]:
    year, week, _weekday = use.day.isocalendar()
    for key, limit in (
        ("all", limits.total),
        (f"property:{use.property_id}", limits.per_property),
        (f"day:{use.day.isoformat()}", limits.per_day),
        (f"week:{year:04}-W{week:02}", limits.per_week),
        (f"month:{use.day.isoformat()[:7]}", limits.per_month),
    ):
        if limit is not None:
            yield Want(limits.coupon_id, key, 1, limit, is_shared=True)
    if limits.per_code is not None:
        yield Want(limits.coupon_id, f"code:{use.code_id}", 1, limits.per_code)


def _person(limits: Limits, use: Use) -> Iterator[Want]:
    if limits.per_person is None:
        return
    if use.subject_id is None:
        raise PersonUnknown
    key = f"person:{use.subject_id}"
    if limits.person_scope == Scope.PROPERTY:
        key = f"{key}:{use.property_id}"
    yield Want(limits.coupon_id, key, 1, limits.per_person)


def _budgets(limits: Limits, use: Use) -> Iterator[Want]:
    budgets = ((limits.coupon_id, limits.budget), (limits.rule_id, limits.rule_budget))
    for owner_id, budget in budgets:
        if budget is not None and use.discount_centavos:
            yield Want(owner_id, "budget", use.discount_centavos, budget)
