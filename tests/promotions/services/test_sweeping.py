"""Holds that nobody committed are ended in time, for each tenant by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from promotions import schedule, services, spending
from promotions.models import CouponUse, LedgerEntry, Meter
from promotions.services import Request
from promotions.tasks import expire_due, expire_holds
from tenancy.context import current_tenant_id, tenant_scope
from tests.connections import connected, settings_of
from tests.factories.coupons import NOON, ask_for, make_coupon, make_rule

pytestmark = pytest.mark.django_db


def hold(motel, key: str, *, at=NOON) -> None:
    assert isinstance(services.hold(ask_for(motel, at=at), Request(key)), services.Taken)


def test_holds_are_ended_in_batches_and_once(motel, monkeypatch):
    monkeypatch.setattr(spending.giving, "BATCH", 2)
    make_coupon(make_rule(), limit=9)
    for number in range(5):
        hold(motel, str(number))
    hold(motel, "later", at=NOON + timedelta(minutes=1))

    assert services.expire_holds(at=NOON + timedelta(minutes=15)) == 5
    assert services.expire_holds(at=NOON + timedelta(minutes=15)) == 0
    assert Meter.objects.get(key="all").taken == 1
    assert LedgerEntry.objects.filter(step="expire").count() == 5


def test_the_task_ends_what_is_over_by_now(motel):
    make_coupon(make_rule(), limit=9)
    hold(motel, "past", at=timezone.now() - timedelta(hours=1))
    hold(motel, "present", at=timezone.now())

    expire_holds()

    assert sorted(CouponUse.objects.values_list("state", flat=True)) == ["expired", "held"]


def test_only_tenants_with_something_to_end_get_a_task(motel, monkeypatch):
    """The question is one for all tenants, whoever they are."""
    queued = []
    monkeypatch.setattr(schedule, "tenants_due", lambda: [motel.tenant_id, 77])
    monkeypatch.setattr(
        "promotions.tasks.tenant.expire_holds.delay", lambda: queued.append(current_tenant_id())
    )

    expire_due()

    assert queued == [motel.tenant_id, 77]


def test_without_holds_no_tenant_is_due(lua):
    with connected(settings_of("ops")), tenant_scope(lua):
        assert schedule.tenants_due() == []
