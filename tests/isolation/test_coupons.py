"""Coupons of another company: not found, not used, not counted, not given back."""

import pytest
from django.db import Error, connection
from django.db.transaction import atomic

from promotions import services, spending
from promotions.models import CodeBatch, CouponCode, CouponUse, LedgerEntry, Meter
from promotions.rules.eligibility import Reason
from promotions.rules.limits import Want
from promotions.services import Impossible, Refused, Request
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.coupons import NOON, ask_for, make_coupon, make_rule
from tests.isolation.walls import fingerprint
from tests.isolation.world import World
from tests.promotions.spending.uses import shop

pytestmark = pytest.mark.django_db

LONG_AFTER = NOON.replace(year=2099)


@pytest.fixture
def theirs(b: World) -> World:
    b["coupon_use"]
    return b


@pytest.mark.parametrize("model", [CouponCode, CouponUse, LedgerEntry, Meter])
def test_rows_are_there_and_cannot_be_seen(theirs, lua, model):
    with tenant_scope(theirs.tenant):
        keys = list(model.objects.values_list("pk", flat=True))
        assert keys
    with tenant_scope(lua):
        assert not model.objects.filter(pk__in=keys).exists()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {model._meta.db_table} WHERE id = ANY(%s)", [keys])
            assert cursor.fetchall() == []


def test_a_code_cannot_be_guessed_nor_used(theirs, lua):
    with tenant_scope(theirs.tenant):
        code = make_coupon(make_rule(), "SOLMARK").code
    with tenant_scope(lua):
        ask = ask_for(Property.objects.get(slug="lua"), code)
        for answer in (
            services.validate(ask),
            services.hold(ask, Request("k")),
            services.redeem(ask, Request("k")),
        ):
            assert isinstance(answer, Refused)
            assert [finding.reason for finding in answer.findings] == [Reason.NOT_FOUND]


def test_no_step_of_a_use_can_be_taken_elsewhere(theirs, lua):
    before = fingerprint(lua)
    use_id = theirs["coupon_use"]

    with tenant_scope(lua):
        for step in (services.commit, services.cancel, services.reverse):
            assert step(use_id, Request("k"), at=NOON) == Impossible(None)
        assert services.expire_holds(at=LONG_AFTER) == 0
        assert not spending.expire(use_id, at=LONG_AFTER)

    assert fingerprint(lua) == before


def test_what_is_counted_is_ones_own_even_under_the_same_ids(theirs, lua):
    with tenant_scope(theirs.tenant):
        meter = Meter.objects.filter(taken__gt=0).first()
    before = fingerprint(lua)
    want = Want(meter.owner_id, meter.key, 1, 1)

    with tenant_scope(lua):
        use = shop().use(id=theirs["coupon_use"])
        assert spending.what_is_left([want], at=NOON) == [1]
        assert spending.take(use, [want]) == []

    assert fingerprint(lua) == before


@pytest.mark.parametrize("model", [CodeBatch, CouponCode, CouponUse, LedgerEntry, Meter])
def test_no_row_can_be_written_for_another_company(theirs, lua, model):
    names = [field.column for field in model._meta.local_fields]
    values = [theirs.tenant.pk if name == "tenant_id" else None for name in names]
    columns, places = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})"

    with tenant_scope(lua), atomic(), connection.cursor() as cursor:
        with pytest.raises(Error, match="row-level security"):
            cursor.execute(statement, values)
        connection.set_rollback(True)


@pytest.mark.parametrize(
    "verb", ["UPDATE promotions_ledgerentry SET actor = ''", "DELETE FROM promotions_ledgerentry"]
)
def test_the_ledger_is_only_added_to(theirs, lua, verb):
    before = fingerprint(lua)

    with tenant_scope(theirs.tenant), atomic(), connection.cursor() as cursor:
        with pytest.raises(Error, match="permission denied"):
            cursor.execute(verb)
        connection.set_rollback(True)

    assert fingerprint(lua) == before
