"""Keys to the API, and the tenant that a client names."""

import pytest
from django.test import Client

from tenancy import tokens
from tenancy.context import tenant_scope
from tenancy.models import ApiToken, Tenant
from tests.conftest import execute_as_owner

TENANT = "/api/v1/tenant"


@pytest.fixture
def token(lua: Tenant) -> str:
    """Return a key to lua's API."""
    with tenant_scope(lua):
        return tokens.issue(name="integração")


def ask(token: str, tenant: str | None, host: str = "api.localhost") -> tuple[int, bytes]:
    headers = {"authorization": f"Bearer {token}"} | ({"x-tenant": tenant} if tenant else {})
    response = Client(HTTP_HOST=host, headers=headers).get(TENANT)
    return response.status_code, response.content


@pytest.mark.parametrize("slug", ["lua", "LUA"])
def test_a_token_opens_its_tenant(token: str, slug: str) -> None:
    assert ask(token, slug) == (200, b'{"slug": "lua", "name": "Grupo Lua"}')


@pytest.mark.parametrize(
    "slug", ["sol", "painel", "nenhum", "", None, "lua.painel", "../lua", "a b", "lua:80"]
)
def test_a_token_opens_no_other_tenant(token: str, sol: Tenant, slug: str | None) -> None:
    assert ask(token, slug)[0] == 403


@pytest.mark.parametrize(
    "change",
    [
        lambda token, sol: "",
        lambda token, sol: token[:-1],
        lambda token, sol: token + "x",
        lambda token, sol: token.replace("alc_", "abc_"),
        lambda token, sol: f"alc_{sol.pk}_{token.split('_', 2)[2]}",
        lambda token, sol: f"alc_x_{token.split('_', 2)[2]}",
        lambda token, sol: f"alc_²_{token.split('_', 2)[2]}",
        lambda token, sol: f"alc_{'9' * 30}_{token.split('_', 2)[2]}",
        lambda token, sol: f"alc_999999_{token.split('_', 2)[2]}",
        lambda token, sol: "alc__",
    ],
)
def test_what_is_no_token_opens_nothing(token: str, sol: Tenant, change) -> None:
    assert ask(change(token, sol).encode().decode("latin-1"), "lua")[0] == 401


def test_without_a_token_the_client_is_told_what_is_missing(lua: Tenant) -> None:
    response = Client(HTTP_HOST="api.localhost").get(TENANT, headers={"x-tenant": "lua"})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("host", ["lua.localhost", "lua-centro.localhost"])
def test_elsewhere_the_host_alone_counts(token: str, sol: Tenant, host: str) -> None:
    assert ask(token, "sol", host) == (200, b'{"slug": "lua", "name": "Grupo Lua"}')
    assert ask("nada", "sol", host) == (200, b'{"slug": "lua", "name": "Grupo Lua"}')


def test_a_withdrawn_token_opens_nothing(token: str, lua: Tenant) -> None:
    with tenant_scope(lua):
        ApiToken.objects.all().delete()
    assert ask(token, "lua")[0] == 401


def test_a_token_of_a_suspended_tenant_opens_nothing(token: str, lua: Tenant) -> None:
    execute_as_owner("UPDATE tenancy_tenant SET status = 'suspended' WHERE id = %s", lua.pk)
    assert ask(token, "lua")[0] == 403


def test_a_secret_is_kept_as_a_digest_only(token: str, lua: Tenant) -> None:
    secret = token.split("_", 2)[2]
    with tenant_scope(lua):
        row = ApiToken.objects.get()
    assert len(secret) >= 43
    assert secret not in (row.digest, row.name, str(row.pk))


def test_the_api_host_serves_the_api_only(token: str) -> None:
    headers = {"authorization": f"Bearer {token}", "x-tenant": "lua"}
    client = Client(HTTP_HOST="api.localhost", headers=headers)
    for path in ("/", "/admin/", "/suites/", "/media/x", "/documents/1/x"):
        assert client.get(path).status_code == 404, path
