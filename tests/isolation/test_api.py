"""The API, asked as A for what is B's: codes, uses, keys, suites, promotions."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client

from promotions.models import CouponUse, Meter
from tenancy import tokens
from tenancy.context import tenant_scope
from tests.conftest import StaffClient
from tests.factories.coupons import make_code, make_coupon, make_rule
from tests.isolation.aims import checksums
from tests.isolation.world import World

pytestmark = pytest.mark.django_db

STAY = {"suite_type": "loft", "period": "2h"}
CODE = "SEGREDODEB"

Send = Callable[..., Any]


@pytest.fixture
def code(b: World) -> str:
    """Return a code of B's that holds at B."""
    with tenant_scope(b.tenant):
        make_coupon(make_rule(), CODE)
    return CODE


@pytest.fixture(params=["guest", "manager", "program"])
def as_a(request, a: World, staff: StaffClient) -> Send:
    """Return how A's guests, managers and programs send something."""
    if request.param == "guest":
        client = Client(HTTP_HOST="lua.localhost")
    elif request.param == "manager":
        client = staff(a.tenant, "manager")
    else:
        client = program_of(a)
    return lambda path, said=None, **headers: send(client, path, said, **headers)


def program_of(world: World) -> Client:
    with tenant_scope(world.tenant):
        key = f"Bearer {tokens.issue(name='teste')}"
    headers = {"authorization": key, "x-tenant": world.tenant.slug}
    return Client(HTTP_HOST="api.localhost", headers=headers)


def send(client: Client, path: str, said: Any = None, **headers: str) -> Any:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/api/v1/{path}", said, content_type="application/json", headers=names)


def held_by(world: World, code: str, key: str) -> str:
    """Hold a use as a guest of that tenant, and return its id."""
    host = Client(HTTP_HOST=f"{world.tenant.slug}.localhost")
    said = {"code": code, "stay": STAY}
    answer = send(host, "coupons/reservations", said, idempotency_key=key)
    assert answer.status_code == 201
    return answer.json()["id"]


def test_another_s_code_is_as_unknown_as_one_that_is_nobody_s(a, b, code, as_a):
    said = {"code": code, "stay": STAY, "property": "lua"}
    before = checksums(b.tenant.pk)

    theirs = as_a("coupons/validate", said)
    nobodys = as_a("coupons/validate", {**said, "code": "NINGUEMTEM"})

    assert theirs.json()["reasons"][0]["code"] == "NOT_FOUND"
    assert theirs.content == nobodys.content
    assert as_a("coupons/reservations", said, idempotency_key=str(uuid4())).status_code == 409
    assert checksums(b.tenant.pk) == before


def test_a_use_of_another_s_is_not_found_whoever_asks(a, b, code, as_a):
    use_id = held_by(b, code, str(uuid4()))
    before = checksums(b.tenant.pk)

    answers = [
        as_a(path).status_code
        for path in (
            f"coupons/reservations/{use_id}/commit",
            f"coupons/reservations/{use_id}/cancel",
            f"redemptions/{use_id}/reverse",
        )
    ]

    assert set(answers) <= {401, 404}
    assert answers[1] == 404
    assert checksums(b.tenant.pk) == before


def test_the_same_code_and_key_are_each_tenant_s_own(a, b, code):
    key = str(uuid4())
    with tenant_scope(a.tenant):
        make_coupon(make_rule(), code, limit=1)

    ours, theirs = held_by(a, code, key), held_by(b, code, key)

    assert ours != theirs
    with tenant_scope(a.tenant):
        assert [str(use.pk) for use in CouponUse.objects.all()] == [ours]
        assert Meter.objects.get().taken == 1


def test_codes_of_another_s_are_not_taken_over_by_the_same_ones(a, b, code):
    with tenant_scope(a.tenant):
        coupon = make_coupon(make_rule(), "OUTRO")
        make_code(coupon, code)

    host = Client(HTTP_HOST="sol.localhost")
    answer = send(host, "coupons/validate", {"code": code, "stay": STAY})

    assert answer.json()["valid"] is True


def test_a_key_opens_no_other_tenant(a, b, code):
    program = program_of(a)

    answer = program.post(
        "/api/v1/coupons/validate",
        {"code": code, "property": "sol"},
        content_type="application/json",
        headers={"x-tenant": "sol"},
    )

    assert answer.status_code == 403


def test_a_property_of_another_s_is_none(a, b, as_a):
    answer = as_a("coupons/validate", {"code": "A", "property": "sol"})

    assert [each["code"] for each in answer.json()["errors"]] == ["unknown"]


@pytest.mark.parametrize("path", ["suites", "suites/loft/prices", "promotions"])
def test_what_is_kept_for_one_is_not_told_to_another(a, b, path):
    theirs = Client(HTTP_HOST="sol.localhost").get(f"/api/v1/{path}").content
    ours = Client(HTTP_HOST="lua.localhost").get(f"/api/v1/{path}").content

    assert theirs != ours
    assert b"Sol" not in ours
    client = caches["default"]._cache.get_client()
    kept = [key.decode() for key in client.scan_iter("*:api:*")]
    assert len(kept) == 2
    assert len({key.split(":")[1] for key in kept}) == 2
