"""What follows when a coupon, or its promotion, is published: limits that are set late count."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from promotions import services
from promotions.enums import Effect
from promotions.models import Coupon, PromotionRule
from promotions.rules.eligibility import Reason
from promotions.services import Refused, Request
from suites.models import Stay, SuiteType
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.coupons import ask_for
from tests.factories.promotions import make_coupon, make_rule

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 25, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_lua(lua, time_machine):
    time_machine.move_to(NOON, tick=False)
    with tenant_scope(lua):
        yield


@pytest.fixture
def coupon() -> Coupon:
    """Return a coupon of R$ 10 without limits that has been used twice."""
    rule = make_rule("dez", percent=None, effect=Effect.AMOUNT, amount_centavos=1000)
    made = make_coupon("dezena", rule, code="DEZ10")
    for number in range(2):
        assert use(f"before{number}") == []
    return made


def use(key: str) -> list[Reason]:
    house = Property.objects.get(slug="lua")
    answer = services.redeem(ask_for(house, "DEZ10", at=timezone.now()), Request(key))
    return [each.reason for each in answer.findings] if isinstance(answer, Refused) else []


def test_a_published_limit_counts_what_was_used_before(coupon, django_capture_on_commit_callbacks):
    coupon.limit = 3
    with django_capture_on_commit_callbacks(execute=True):
        coupon.save_revision().publish()

    assert [use("third"), use("fourth")] == [[], [Reason.GLOBAL_LIMIT]]


def test_a_limit_that_is_published_on_time_does_too(
    lua, coupon, time_machine, django_capture_on_commit_callbacks
):
    coupon.limit, coupon.go_live_at = 2, NOON + timedelta(hours=1)
    coupon.save_revision().publish()
    assert use("meanwhile") == []
    time_machine.move_to(NOON + timedelta(hours=2), tick=False)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")

    assert Coupon.objects.get(pk=coupon.pk).limit == 2
    assert use("later") == [Reason.GLOBAL_LIMIT]


def test_a_promotion_s_budget_counts_what_its_coupons_gave(
    coupon, django_capture_on_commit_callbacks
):
    rule = PromotionRule.objects.get(slug="dez")
    rule.budget_centavos = 3000
    with django_capture_on_commit_callbacks(execute=True):
        rule.save_revision().publish()

    assert [use("third"), use("fourth")] == [[], [Reason.BUDGET_EXHAUSTED]]


def test_a_draft_counts_nothing(coupon, django_capture_on_commit_callbacks):
    coupon.limit = 1
    with django_capture_on_commit_callbacks(execute=True):
        coupon.save_revision()

    assert use("third") == []


@pytest.mark.parametrize("limit", ["types", "stays"])
def test_a_promotion_is_a_draft_once_the_last_that_it_is_for_is_deleted(limit):
    house = Property.objects.get(slug="lua")
    kind = {"types": SuiteType, "stays": Stay}[limit]
    first, second = (make_part(kind, house, slug) for slug in ("uma", "outra"))
    rule = make_rule("so-estas", is_automatic=True, **{limit: [first, second]})

    first.delete()
    rule.refresh_from_db()
    assert rule.live

    kind.objects.filter(pk=second.pk).delete()
    rule.refresh_from_db()
    assert not rule.live


def test_an_editor_may_have_a_promotion_be_for_everything():
    house = Property.objects.get(slug="lua")
    rule = make_rule("so-esta", types=[make_part(SuiteType, house, "uma")])

    rule.suite_types = []
    rule.save_revision().publish()

    rule.refresh_from_db()
    assert rule.live
    assert not rule.suite_types.exists()


def make_part(kind: type[SuiteType] | type[Stay], house: Property, slug: str) -> SuiteType | Stay:
    if kind is Stay:
        return Stay.objects.create(property=house, slug=slug, minutes=45 + len(slug))
    return SuiteType.objects.create(property=house, slug=slug, name=slug.title())
