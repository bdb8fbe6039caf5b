"""Coupons as decisions take them: what is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from promotions.enums import Scope
from promotions.models import Coupon, CouponProperty
from promotions.rules.coupons import Terms
from promotions.rules.eligibility import Rule
from promotions.rules.limits import Limits
from promotions.rules.spans import Window
from promotions.selectors.rules import rule_of, with_parts


@dataclass(frozen=True)
class Grant:
    """A coupon's terms, and the rule of the promotion that it grants."""

    terms: Terms
    rule: Rule


def grants(coupon_ids: Iterable[UUID], *, language: str | None = None) -> dict[UUID, Grant]:
    """Return the coupons with those ids by id, as they are published. One query.

    Those that are not published are among them, and say so.
    """
    own = CouponProperty.objects.filter(coupon=OuterRef("pk")).values("property_id")
    rows = Coupon.objects.filter(pk__in=list(coupon_ids)).select_related("rule")
    found = with_parts(rows, "rule_id").annotate(own_properties=ArraySubquery(own))
    return {
        row.pk: Grant(terms_of(row), rule_of(row.rule, row, language=language)) for row in found
    }


def terms_of(row: Any) -> Terms:
    """Return the terms of a coupon that `grants` has read."""
    return Terms(
        key=row.pk,
        limits=Limits(
            coupon_id=row.pk,
            rule_id=row.rule_id,
            total=row.limit,
            per_code=row.limit_per_code,
            per_property=row.limit_per_property,
            per_day=row.limit_per_day,
            per_week=row.limit_per_week,
            per_month=row.limit_per_month,
            budget=row.budget_centavos,
            rule_budget=row.rule.budget_centavos,
            per_person=row.limit_per_identifier,
            person_scope=Scope(row.identifier_scope),
        ),
        dates=Window(row.starts_at, row.ends_at),
        properties=frozenset(row.own_properties),
        identifier=row.identifier,
        minutes_after_reveal=row.minutes_after_reveal,
        hold_minutes=row.hold_minutes,
        works_offline=row.works_offline,
        is_published=row.live,
    )
