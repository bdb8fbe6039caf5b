"""Promotions' rules as decisions take them: what is published, or what their drafts say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet

from promotions.enums import Effect, Holidays, Stacking
from promotions.models import (
    PromotionRule,
    PromotionRuleProperty,
    PromotionRuleStay,
    PromotionRuleSuiteType,
    PromotionWindow,
)
from promotions.rules.effects import Benefit
from promotions.rules.eligibility import Rule
from promotions.rules.spans import Window
from promotions.rules.stacking import Lane
from promotions.rules.windows import Opening, Windows
from promotions.validators import extras_of
from suites.rules.stays import ClockRange
from suites.selectors.offers import as_array
from theme.languages import said_in

COLUMNS = {"key": "pk"} | {
    name: name for name in (*PromotionWindow.WEEKDAYS, "starts_at", "ends_at", "holidays")
}


@dataclass(frozen=True)
class Parts:
    """What hangs on a rule."""

    openings: tuple[Opening, ...]
    properties: frozenset[UUID]
    suite_types: frozenset[UUID]
    stays: frozenset[UUID]


def with_parts(rows: "QuerySet[Any]", path: str = "pk") -> "QuerySet[Any]":
    """Return rows with what hangs on the rule at a path of theirs, read in the same query."""
    rule = OuterRef(path)
    links = {
        "properties": (PromotionRuleProperty, "property_id"),
        "suite_types": (PromotionRuleSuiteType, "suite_type_id"),
        "stays": (PromotionRuleStay, "stay_id"),
    }
    windows = PromotionWindow.objects.filter(rule=rule).order_by()
    return rows.annotate(
        rule_windows=as_array(windows, COLUMNS),
        **{
            f"rule_{name}": ArraySubquery(model.objects.filter(rule=rule).values(column))
            for name, (model, column) in links.items()
        },
    )


def published_rules(*, language: str | None = None) -> list[Rule]:
    """Return the tenant's published rules, in the order of their names. One query."""
    rows = with_parts(PromotionRule.objects.filter(live=True))
    return [rule_of(row, row, language=language) for row in rows.order_by("name", "pk")]


def automatic_rules(*, language: str | None = None) -> list[Rule]:
    """Return the tenant's published rules that need no code. One query."""
    rows = with_parts(PromotionRule.objects.filter(live=True, is_automatic=True))
    return [rule_of(row, row, language=language) for row in rows.order_by("name", "pk")]


def draft_rules(*, language: str | None = None) -> list[Rule]:
    """Return all of the tenant's rules as their latest drafts say. One query.

    Each counts as if it were published: what would hold is asked.
    """
    rows = PromotionRule.objects.select_related("latest_revision").order_by("name", "pk")
    return [draft_rule(row, language=language) for row in with_parts(rows)]


def draft_rule(row: PromotionRule, *, language: str | None = None) -> Rule:
    """Return a rule as its latest draft says; one of `with_parts`, its revision read with it."""
    revision = row.latest_revision
    if revision is None:
        return _rule(row, _parts(row), language, is_published=True)
    draft = PromotionRule.from_serializable_data(revision.content, check_fks=False)
    draft.pk = row.pk  # Wagtail, too, keeps the row's own: the revision has a text
    return _rule(draft, _parts_of_draft(draft), language, is_published=True)


def rule_of(row: PromotionRule, holder: Model, *, language: str | None = None) -> Rule:
    """Return what is published of a rule; `holder` is the row of `with_parts` that it hangs on.

    The courtesy is said in a language; in Portuguese by default.
    """
    return _rule(row, _parts(holder), language, is_published=row.live)


def _rule(row: PromotionRule, parts: Parts, language: str | None, *, is_published: bool) -> Rule:
    return Rule(
        key=row.pk,
        benefit=benefit_of(row, language=language),
        windows=Windows(Window(row.starts_at, row.ends_at), parts.openings),
        properties=parts.properties,
        suite_types=parts.suite_types,
        stays=parts.stays,
        min_minutes=row.min_minutes,
        min_centavos=row.min_centavos,
        lead_minutes=row.lead_minutes,
        lead_minutes_max=row.lead_minutes_max,
        budget_centavos=row.budget_centavos,
        is_automatic=row.is_automatic,
        is_published=is_published,
        lane=Lane(Stacking(row.stacking), row.stacking_group),
        extras=extras_of(row.conditions),
    )


def benefit_of(row: PromotionRule, *, language: str | None = None) -> Benefit:
    """Return what a rule gives."""
    return Benefit(
        effect=Effect(row.effect),
        percent=row.percent,
        cap_centavos=row.cap_centavos,
        amount_centavos=row.amount_centavos,
        price_centavos=row.price_centavos,
        hours=row.hours,
        courtesy=said_in(language, row, "courtesy"),
    )


def _parts(holder: Any) -> Parts:
    """Return what `with_parts` has read."""
    return Parts(
        openings=_openings(holder.rule_windows),
        properties=frozenset(holder.rule_properties),
        suite_types=frozenset(holder.rule_suite_types),
        stays=frozenset(holder.rule_stays),
    )


def _parts_of_draft(draft: Any) -> Parts:
    """Return what a revision says; its keys are texts."""
    return Parts(
        openings=_openings(
            {"key": each.pk, **{name: getattr(each, name) for name in COLUMNS if name != "key"}}
            for each in draft.windows.all()
        ),
        properties=frozenset(UUID(str(each.property_id)) for each in draft.properties.all()),
        suite_types=frozenset(UUID(str(each.suite_type_id)) for each in draft.suite_types.all()),
        stays=frozenset(UUID(str(each.stay_id)) for each in draft.stays.all()),
    )


def _openings(rows: Iterable[Mapping[str, Any]]) -> tuple[Opening, ...]:
    """Return windows in the order of the week."""
    found = (_opening(row) for row in rows)
    return tuple(sorted(found, key=_place_in_week))


def _place_in_week(opening: Opening) -> tuple[list[int], time, str]:
    start = opening.hours.start if opening.hours else time()
    return sorted(opening.weekdays), start, str(opening.key)


def _opening(row: Mapping[str, Any]) -> Opening:
    """Return a window as the rules take it, from what a draft or the database's JSON says."""
    days = frozenset(day for day, name in enumerate(PromotionWindow.WEEKDAYS) if row[name])
    start, end = _clock(row["starts_at"]), _clock(row["ends_at"])
    hours = None if start is None or end is None else ClockRange(start, end)
    return Opening(days, hours, Holidays(row["holidays"]), key=UUID(str(row["key"])))


def _clock(value: time | str | None) -> time | None:
    return time.fromisoformat(value) if isinstance(value, str) else value
