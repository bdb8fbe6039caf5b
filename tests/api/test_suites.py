"""What the API says of suites and prices."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.suites import make_suite

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 9, 15, tzinfo=UTC)  # a Tuesday
LUA = "lua.localhost"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def ask(path: str, host: str = LUA, **headers: str):
    return Client(HTTP_HOST=host).get(f"/api/v1/{path}", headers=headers)


def test_suites_are_told_with_their_prices(lua):
    answer = ask("suites")

    assert answer.status_code == 200
    said = answer.json()
    assert said["property"] == {"slug": "lua", "name": "Motel Lua", "timezone": "America/Sao_Paulo"}
    assert said["at"] == "2026-06-09T12:00:00-03:00"
    [suite] = said["suites"]
    assert suite == {
        "slug": "loft",
        "name": "Loft",
        "summary": "Amplo.",
        "url": "http://lua.localhost/suites/loft/",
        "people": 2,
        "capacity": 2,
        "area_m2": None,
        "features": [{"slug": "hidro", "name": "Hidromassagem"}],
        "accessibility": [],
        "is_available": True,
        "starting_price": {"currency": "BRL", "minor": 7600},
        "price_now": {"currency": "BRL", "minor": 7600},
    }


def test_prices(lua):
    answer = ask("suites/loft/prices")
    print(answer.content.decode())
    assert answer.status_code == 200
    print(ask("suites/loft/prices?at=2026-06-12T23:00:00-03:00&extra_hours=1").content.decode())
    print(ask("suites/loft/prices?at=2026-06-12T23:00:00").content.decode())
    for p in ("suites/nada/prices", "nada", "nada/", "suites/loft/prices?people=x&at=1&property=%20"):
        a = ask(p)
        print(p, a.status_code, a.headers, a.content.decode())
    a = Client(HTTP_HOST=LUA).post("/api/v1/suites")
    print(a.status_code, a.headers, a.content.decode())
    a = ask("openapi.json"); print(a.status_code, len(a.content))
    a = ask("docs"); print(a.status_code, a.content.decode())
    import json, pathlib
    pathlib.Path("/tmp/openapi-api.json").write_text(json.dumps(ask("openapi.json").json(), indent=1))
    assert 0
