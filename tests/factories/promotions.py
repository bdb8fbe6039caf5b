"""Promotions' rules, coupons, and pages that tell of them."""

from datetime import time
from typing import Any

from promotions.models import (
    Coupon,
    PromotionRule,
    PromotionRuleProperty,
    PromotionRuleStay,
    PromotionRuleSuiteType,
    PromotionWindow,
)
from promotions.pages import PromotionIndexPage, PromotionPage
from suites.models import Stay, SuiteType
from tenancy.models import Property

SHORT_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAYS = " ".join(SHORT_DAYS)


def make_rule(slug: str, *, publish: bool = True, **fields: Any) -> PromotionRule:
    """Create a rule as editors do: published, or as a draft alone."""
    parts = {
        "windows": fields.pop("windows", []),
        "properties": [PromotionRuleProperty(property=p) for p in fields.pop("properties", [])],
        "suite_types": [PromotionRuleSuiteType(suite_type=t) for t in fields.pop("types", [])],
        "stays": [PromotionRuleStay(stay=s) for s in fields.pop("stays", [])],
    }
    values = {"name": slug.title(), "percent": 10, **fields}
    rule = PromotionRule(slug=slug, live=False, **values)
    for name, rows in parts.items():
        setattr(rule, name, rows)
    rule.save()
    revision = rule.save_revision()
    if publish:
        revision.publish()
        rule.refresh_from_db()
    return rule


def make_window(hours: str = "", days: str = ALL_DAYS, **fields: Any) -> PromotionWindow:
    """Return hours written "22:00-02:00" on days written "mon tue", not saved."""
    clocks = [time.fromisoformat(each) for each in hours.split("-")] if hours else [None, None]
    chosen = {
        name: short in days.split()
        for name, short in zip(PromotionWindow.WEEKDAYS, SHORT_DAYS, strict=True)
    }
    return PromotionWindow(starts_at=clocks[0], ends_at=clocks[1], **chosen, **fields)


def make_coupon(slug: str, rule: PromotionRule, *, publish: bool = True, **fields: Any) -> Coupon:
    """Create a coupon as editors do; one for all, whose code is C and its slug, by default."""
    values = {"name": slug.title(), "code": f"C{slug.upper()}", **fields}
    coupon = Coupon(slug=slug, rule=rule, live=False, **values)
    coupon.save()
    revision = coupon.save_revision()
    if publish:
        revision.publish()
        coupon.refresh_from_db()
    return coupon


def make_promotion(motel: Property, slug: str, **fields: Any) -> PromotionPage:
    """Create a Portuguese page that tells of a rule, which has the fields that no page has."""
    index = PromotionIndexPage.objects.get(
        locale__language_code="pt-br", slug="promocoes", path__startswith=motel.site.root_page.path
    )
    live = fields.pop("live", True)
    rule = make_rule(f"{motel.slug}-{slug}", properties=[motel], **fields)
    page = PromotionPage(title=slug.title(), slug=slug, locale=index.locale, rule=rule, live=live)
    index.add_child(instance=page)
    return page


def a_stay(motel: Property, slug: str = "2h") -> Stay:
    return Stay.objects.get(property=motel, slug=slug)


def a_suite_type(motel: Property, slug: str = "loft") -> SuiteType:
    return SuiteType.objects.get(property=motel, slug=slug)
