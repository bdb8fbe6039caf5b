"""All of a company's promotions at once, for those who make them. Six queries, however many."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from promotions.models import Coupon, CouponProperty, PromotionRule
from promotions.pages import PromotionPage
from promotions.rules.eligibility import Rule
from promotions.rules.lints import House, Subject
from promotions.selectors.coupons import terms_of
from promotions.selectors.rules import draft_rule, rule_of, with_parts
from suites.models import PropertyCalendar, SpecialDay, Stay, SuiteType
from suites.rules.calendars import Calendar
from suites.selectors.offers import OWN_DAY, as_array, calendar_of
from tenancy.models import Property
from theme.languages import column_in


@dataclass(frozen=True)
class Entry:
    """A rule with its row, as it is published or as its draft says."""

    row: PromotionRule
    rule: Rule


@dataclass(frozen=True)
class Place:
    """A property and its calendar."""

    house: Property
    calendar: Calendar


def places(*, language: str) -> list[Place]:
    """Return the company's properties with their calendars, in the order of their names."""
    days = SpecialDay.objects.filter(property=OuterRef("pk")).order_by("month", "day")
    named = days.annotate(said=column_in(language, "name"))
    rows = Property.objects.select_related("calendar").annotate(days=as_array(named, OWN_DAY))
    return [Place(row, _calendar(row, language)) for row in rows.order_by("name", "pk")]


def entries(*, with_drafts: bool = False) -> list[Entry]:
    """Return the published rules; with drafts, all rules as their latest drafts say."""
    rows = with_parts(PromotionRule.objects.select_related("latest_revision"))
    if with_drafts:
        return [Entry(row, draft_rule(row)) for row in rows]
    return [Entry(row, rule_of(row, row)) for row in rows if row.live]


@dataclass(frozen=True)
class Overview:
    """Everything that lints look at, and the rows that they may name, by key."""

    subjects: list[Subject]
    houses: list[House]
    rows: dict[Any, Any]


def overview(*, language: str) -> Overview:
    """Return a company's rules, pages, coupons and properties, as they are published."""
    rules = list(with_parts(PromotionRule.objects.all()))
    pages = list(PromotionPage.objects.live().filter(rule__isnull=False).select_related("locale"))
    own = CouponProperty.objects.filter(coupon=OuterRef("pk")).values("property_id")
    coupons = list(
        Coupon.objects.select_related("rule").annotate(own_properties=ArraySubquery(own))
    )
    found = places(language=language)
    subjects = [
        Subject(
            rule=rule_of(row, row),
            pages=tuple(page.pk for page in pages if page.rule_id == row.pk),
            coupons=tuple(terms_of(each) for each in coupons if each.rule_id == row.pk),
        )
        for row in rules
    ]
    named = [*rules, *coupons, *pages, *(place.house for place in found)]
    return Overview(subjects, _houses(found), {each.pk: each for each in named})


def _houses(found: list[Place]) -> list[House]:
    stays: dict[UUID, dict[Any, int | None]] = defaultdict(dict)
    for key, house, minutes in Stay.objects.order_by().values_list("pk", "property_id", "minutes"):
        stays[house][key] = minutes
    types: dict[UUID, set[Any]] = defaultdict(set)
    for key, house in SuiteType.objects.order_by().values_list("pk", "property_id"):
        types[house].add(key)
    return [
        House(each.house.pk, each.calendar, frozenset(types[each.house.pk]), stays[each.house.pk])
        for each in found
    ]


def _calendar(row: Any, language: str) -> Calendar:
    settings = getattr(row, "calendar", None) or PropertyCalendar()
    return calendar_of(row, settings, row.days, language=language)
