"""The rules and coupons of a property's promotions; `leaves` writes the pages that tell of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model

from promotions.enums import CouponKind, Effect
from promotions.models import (
    CodeBatch,
    Coupon,
    CouponProperty,
    PromotionRule,
    PromotionRuleProperty,
    PromotionRuleStay,
    PromotionRuleSuiteType,
    PromotionWindow,
)
from promotions.services import batches
from promotions.services.batches import Wish
from sites.provisioning.fields import Text
from sites.provisioning.ledger import Ledger
from sites.provisioning.promotion_tables import Coupon as CouponTable
from sites.provisioning.promotion_tables import Promotion, PromotionHours
from sites.provisioning.schema import Property as PropertyTable
from sites.provisioning.values import WEEKDAYS
from suites.models import Stay, SuiteType
from tenancy.models import Property

M = TypeVar("M", PromotionRule, Coupon)


@dataclass(frozen=True)
class Desk:
    """Whose promotions are written."""

    ledger: Ledger
    prefix: str
    house: Property
    zone: ZoneInfo

    def midnight(self, day: date | None, days: int = 0) -> datetime | None:
        """Return the instant at which a day of the house's begins, or one some days later."""
        return datetime.combine(day + timedelta(days), time.min, self.zone) if day else None


def rule_slug(house: str, promotion: str) -> str:
    """Return what a promotion's rule is called: houses of one company share the names of theirs."""
    return f"{house}-{promotion}"


def ensure_promotions(ledger: Ledger, prefix: str, house: Property, table: PropertyTable) -> None:
    """Bring rules and coupons to what the file says, each as a new revision if it changed."""
    desk = Desk(ledger, prefix, house, ZoneInfo(table.timezone))
    for promotion in table.promotions:
        rule = _ensure_rule(desk, promotion)
        for coupon in promotion.coupons if rule else ():
            _ensure_coupon(desk, rule, coupon)


def _ensure_rule(desk: Desk, table: Promotion) -> PromotionRule | None:
    types = SuiteType.objects.filter(property=desk.house, slug__in=table.suite_types)
    stays = Stay.objects.filter(property=desk.house, slug__in=table.stays)
    values = {
        "name": table.title.pt,
        "starts_at": desk.midnight(table.first_day),
        "ends_at": desk.midnight(table.last_day, days=1),
        **_benefit(table),
        "min_minutes": table.min_minutes,
        "min_centavos": table.min_price,
        "lead_minutes": table.lead_minutes,
        "lead_minutes_max": table.lead_minutes_max,
        "budget_centavos": table.budget,
        "is_automatic": table.automatic,
        "stacking": table.combines,
        "stacking_group": table.group or "",
    }
    parts: dict[str, Sequence[Model]] = {
        "windows": [_window(each) for each in table.hours],
        "properties": [PromotionRuleProperty(property=desk.house)],
        "suite_types": [PromotionRuleSuiteType(suite_type=each) for each in types],
        "stays": [PromotionRuleStay(stay=each) for each in stays],
    }
    key = f"{desk.prefix}.promotions[{table.slug}]"
    slug = rule_slug(desk.house.slug, table.slug)
    return _publish(desk.ledger, key, PromotionRule, slug, values, parts)


def _ensure_coupon(desk: Desk, rule: PromotionRule | None, table: CouponTable) -> None:
    values = {
        "rule": rule,
        "name": table.name,
        "kind": CouponKind.SINGLE if table.code else CouponKind.BATCH,
        "code": table.code or "",
        "prefix": table.prefix or "",
        "starts_at": desk.midnight(table.first_day),
        "ends_at": desk.midnight(table.last_day, days=1),
        "budget_centavos": table.budget,
        "identifier": table.identifier or "",
        "identifier_scope": table.person_scope,
        "limit_per_identifier": table.limit_per_person,
        **{name: getattr(table, name) for name in LIKE_THE_FILE},
    }
    parts = {"properties": [CouponProperty(property=desk.house)]}
    key = f"{desk.prefix}.coupons[{table.slug}]"
    coupon = _publish(desk.ledger, key, Coupon, table.slug, values, parts)
    if coupon is not None and table.issue:
        _issue(desk.ledger, f"{key}.issue", coupon, table.issue)


LIKE_THE_FILE = (
    "minutes_after_reveal",
    "limit",
    "limit_per_code",
    "limit_per_property",
    "limit_per_day",
    "limit_per_week",
    "limit_per_month",
    "hold_minutes",
    "works_offline",
)
"""Fields of a coupon that are called the same in the file."""


def _issue(ledger: Ledger, key: str, coupon: Coupon, count: int) -> None:
    """Make a coupon's first codes: once, whatever became of them."""

    def write() -> None:
        batches.issue(coupon=coupon, wish=Wish(count, "Primeiro lote"))

    is_made = CodeBatch.objects.filter(coupon_id=coupon.pk).exists()
    ledger.settle(key, "made", exists=is_made, write=write)


def _publish(
    ledger: Ledger,
    key: str,
    model: type[M],
    slug: str,
    values: Mapping[str, Any],
    parts: Mapping[str, Sequence[Model]],
) -> M | None:
    """Publish a snippet with its children if the file changed; None if people deleted it."""
    found: M | None = model.objects.filter(slug=slug).first()
    row = found or model(slug=slug, live=False)

    def write() -> None:
        for name, value in {**values, **parts}.items():
            setattr(row, name, value)
        row.full_clean(validate_constraints=False, validate_unique=False)
        if found is None:
            row.save()
        row.save_revision().publish()

    wanted = {**values, **{name: [_said(each) for each in rows] for name, rows in parts.items()}}
    is_written = ledger.settle(key, wanted, exists=found is not None, write=write)
    return row if found is not None or is_written else None


def _said(part: Any) -> list[str]:
    """Return what a child says, since a new one has a new key."""
    own = {"id", "tenant_id", "rule_id", "coupon_id"}
    names = (field.attname for field in part._meta.concrete_fields)
    return [str(getattr(part, name)) for name in names if name not in own]


def _benefit(table: Promotion) -> dict[str, Any]:
    sizes = {
        Effect.PERCENT: ("percent", table.percent),
        Effect.AMOUNT: ("amount_centavos", table.amount),
        Effect.SET_PRICE: ("price_centavos", table.set_price),
        Effect.EXTRA_HOURS: ("hours", table.free_hours),
    }
    given = {effect: pair for effect, pair in sizes.items() if pair[1] is not None}
    said: Text[Any] | None = table.courtesy
    return {
        "effect": next(iter(given), Effect.COURTESY),
        **dict(sizes.values()),
        "cap_centavos": table.cap,
        "courtesy": said.pt if said else "",
        "courtesy_en": said.en or "" if said else "",
        "courtesy_es": said.es or "" if said else "",
    }


def _window(table: PromotionHours) -> PromotionWindow:
    said = table.days or WEEKDAYS
    days = zip(PromotionWindow.WEEKDAYS, WEEKDAYS, strict=True)
    return PromotionWindow(
        starts_at=table.starts_at,
        ends_at=table.ends_at,
        holidays=table.holidays,
        **{name: short in said for name, short in days},
    )
