"""Calls of the API in tests: who calls, from where, and what they send."""

from datetime import UTC, datetime
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client

from tenancy import tokens
from tenancy.context import tenant_scope
from tenancy.models import Tenant

LUA, CENTRO, SOL = "lua.localhost", "lua-centro.localhost", "sol.localhost"
STAFF, API = "lua.painel.localhost", "api.localhost"
NOON = datetime(2026, 6, 9, 15, tzinfo=UTC)
"""A Tuesday's noon in São Paulo."""

Answer = Any


def get(path: str, host: str = LUA, **headers: str) -> Answer:
    return Client(HTTP_HOST=host).get(f"/api/v1/{path}", headers=headers)


def post(path: str, said: object, client: Client | None = None, **headers: str) -> Answer:
    """Send a body as JSON; a guest on lua's host does, unless a client is given."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return (client or Client(HTTP_HOST=LUA)).post(
        f"/api/v1/{path}", said, content_type="application/json", headers=names
    )


def program_of(tenant: Tenant) -> Client:
    """Return a client with a key of the tenant's, on the API host."""
    with tenant_scope(tenant):
        token = tokens.issue(name="programa")
    headers = {"authorization": f"Bearer {token}", "x-tenant": tenant.slug}
    return Client(HTTP_HOST=API, headers=headers)


def problem(answer: HttpResponseBase) -> tuple[int, str]:
    """Return the status and the code of a problem, which it must be."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()  # type: ignore[attr-defined]  # the test client's
    assert said["status"] == answer.status_code
    assert said["type"] == f"urn:alcova:problem:{said['code']}"
    assert said["title"]
    assert said["detail"]
    return answer.status_code, said["code"]


def fields(answer: Any) -> list[tuple[str, str]]:
    """Return what is wrong, and where."""
    return [(each["field"], each["code"]) for each in answer.json()["errors"]]
