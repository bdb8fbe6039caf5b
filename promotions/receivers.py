"""Reactions to what editors publish and delete."""

from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import published

from promotions.models import (
    Coupon,
    PromotionRule,
    PromotionRuleProperty,
    PromotionRuleStay,
    PromotionRuleSuiteType,
)
from promotions.services import codes
from promotions.tasks import count_earlier_uses
from suites.models import Stay, SuiteType
from tenancy.models import Property

log = structlog.get_logger(__name__)


@receiver(published, sender=Coupon)
def find_by_code(instance: Coupon, **kwargs: Any) -> None:
    """Have a published coupon be found by its one code.

    Forms refuse a code that is taken; where two coupons with one code were published at the same
    moment, the later one is a draft again: guests would be given what the other gives.
    """
    try:
        codes.keep_single_code(coupon=instance)
    except codes.CodeTaken:
        log.warning("promotions.code_taken", coupon=str(instance.pk))
        instance.unpublish()


@receiver(published, sender=Coupon)
def count_for_new_limits(instance: Coupon, **kwargs: Any) -> None:
    """Have a coupon's limits count what was used before they were set."""
    _count_later(instance)


@receiver(published, sender=PromotionRule)
def count_for_new_budget(instance: PromotionRule, **kwargs: Any) -> None:
    """Have a promotion's budget count what its coupons gave before it was set."""
    if instance.budget_centavos is not None:
        for coupon in Coupon.objects.filter(rule=instance).order_by("pk"):
            _count_later(coupon)


@receiver(post_delete, sender=PromotionRuleSuiteType)
@receiver(post_delete, sender=PromotionRuleStay)
@receiver(post_delete, sender=PromotionRuleProperty)
def hold_for_nothing(
    sender: type[Model], instance: Any, origin: Model | QuerySet[Any], **kwargs: Any
) -> None:
    """Have a promotion be a draft when the last thing that it was for is deleted.

    With nothing named it would be for everything. Editors who take a name away mean that.
    """
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    if deleted not in {SuiteType, Stay, Property}:
        return
    if sender._default_manager.filter(rule_id=instance.rule_id).exists():
        return
    for rule in PromotionRule.objects.filter(pk=instance.rule_id, live=True):
        log.warning("promotions.rule_for_nothing", rule=str(rule.pk), deleted=deleted.__name__)
        rule.unpublish()


def _count_later(coupon: Coupon) -> None:
    """Queue the counting: there may have been many uses."""
    transaction.on_commit(partial(count_earlier_uses.delay, str(coupon.pk)), robust=True)
