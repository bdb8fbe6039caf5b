"""Promotions' rules and coupons, with what stands around them."""

from typing import Any

from wagtail.models import WorkflowState

from promotions.models import CodeBatch, Coupon, CouponCode, PromotionRule
from tests.factories.promotions import make_rule
from tests.isolation.world import World, kind


@kind
def promotionrule(world: World) -> PromotionRule:
    rule = PromotionRule.objects.get(slug=f"{world.tenant.slug}-terca")
    rule.save_revision(user=world["user"])
    return rule


@kind
def coupon(world: World) -> Coupon:
    found = Coupon.objects.get(slug="terca")
    found.save_revision(user=world["user"])
    return found


@kind
def coupon_code(world: World) -> CouponCode:
    return CouponCode.objects.get(coupon_id=world["coupon"].pk)


@kind
def code_batch(world: World) -> CodeBatch:
    return CodeBatch.objects.get()


@kind
def batch_coupon(world: World) -> Coupon:
    return Coupon.objects.get(pk=world["code_batch"].coupon_id)


@kind
def batch_code(world: World) -> CouponCode:
    return CouponCode.objects.filter(batch_id=world["code_batch"].pk).order_by("code").first()


@kind
def promotionrule_revision(world: World) -> Any:
    return world["promotionrule"].revisions.earliest("pk")


@kind
def coupon_revision(world: World) -> Any:
    return world["coupon"].revisions.earliest("pk")


@kind
def rule_workflow_state(world: World) -> WorkflowState:
    rule = make_rule("em-aprovacao", name=world.say("em aprovação"), publish=False)
    return world["workflow"].start(rule, world["user"])


@kind
def rule_task_state(world: World) -> Any:
    return world["rule_workflow_state"].current_task_state
