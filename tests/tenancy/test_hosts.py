"""The map of hosts, and what each kind of name is answered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from redis import Redis

from tenancy import hosts, services
from tenancy.context import tenant_scope
from tenancy.hosts import BadHost, normalise, resolve
from tenancy.models import ContentVersion, Domain, Property, Tenant
from tests.conftest import execute_as_owner, raise_versions
from tests.tenancy.store.conftest import KnownVersions

STRANGER = "estranho.exemplo.test"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("lua.localhost", "lua.localhost"),
        ("LUA.LocalHost", "lua.localhost"),
        ("lua.localhost.", "lua.localhost"),
        ("lua.localhost:8000", "lua.localhost"),
        ("lua.localhost.:8000", "lua.localhost"),
        (" lua.localhost ", "lua.localhost"),
        ("bücher.com.br", "xn--bcher-kva.com.br"),
        ("BÜCHER.com.br", "xn--bcher-kva.com.br"),
        ("xn--bcher-kva.com.br", "xn--bcher-kva.com.br"),
    ],
)
def test_a_host_has_one_spelling(written: str, kept: str) -> None:
    assert normalise(written) == kept


@pytest.mark.parametrize(
    "junk",
    [
        "", ".", "..", ":80", "[::1]", "[::1]:8000", "a..b", "a b", "a/b", "a@b", "a,b", "a%2eb",
        "lua.localhost:80:80", "lua.localhost:x", "x" * 64 + ".test", "a." * 127 + "toolong",
        "\x00", "a\nb", "☃" * 70, "<script>", "lua.localhost#", "lua_/..",
    ],
)  # fmt: skip
def test_junk_is_no_host(junk: str) -> None:
    with pytest.raises(BadHost):
        normalise(junk)


@pytest.mark.parametrize("junk", ["a b", "a/b", "[::1]", "lua.localhost:x", "ü.localhost", "_"])
def test_junk_is_answered_as_a_stranger(db: None, junk: str) -> None:
    assert Client(HTTP_HOST=junk).get("/").status_code == 421


@pytest.mark.parametrize("host", ["LUA.localhost", "lua.localhost.", "lua.localhost:8000"])
def test_every_spelling_of_a_host_is_served(lua: Tenant, host: str) -> None:
    assert Client(HTTP_HOST=host).get("/").status_code == 200


def test_a_stranger_is_told_nothing(lua: Tenant) -> None:
    response = Client(HTTP_HOST=STRANGER).get("/admin/login/")
    assert response.status_code == 421
    assert response.headers["Content-Type"] == "text/plain"
    assert response.content == b"421 Misdirected Request\n"
    assert not response.cookies


def test_a_stranger_costs_one_query_and_then_none(
    lua: Tenant, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client = Client(HTTP_HOST=STRANGER)
    with django_assert_num_queries(1):
        client.get("/")
    with django_assert_num_queries(0):
        client.get("/outra/")


def test_strangers_leave_nothing_in_what_all_share(lua: Tenant) -> None:
    with Redis.from_url(settings.REDIS_URL) as redis:
        before = redis.dbsize()
        for number in range(20):
            assert resolve(f"estranho-{number}.example") is None
        assert redis.dbsize() == before


def test_a_request_from_before_a_change_does_not_bring_the_old_host_back(
    lua: Tenant,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    look_up = hosts._from_database

    def look_up_slowly(name: str) -> hosts.Host | None:
        found = look_up(name)
        with django_capture_on_commit_callbacks(execute=True):
            execute_as_owner("UPDATE tenancy_tenant SET status = 'suspended' WHERE id = %s", lua.pk)
            hosts.forget(name)
        return found

    monkeypatch.setattr(hosts, "_from_database", look_up_slowly)
    resolve("lua.localhost")
    monkeypatch.setattr(hosts, "_from_database", look_up)
    hosts.clear_local()
    host = resolve("lua.localhost")
    assert host is not None
    assert host.is_suspended


def test_a_known_host_costs_no_query_the_second_time(
    lua: Tenant, django_assert_num_queries: Callable[[int], Any]
) -> None:
    resolve("lua.localhost")
    hosts.clear_local()
    with django_assert_num_queries(0):
        found = resolve("lua.localhost")
    assert found is not None
    assert found.tenant_id == lua.pk


@pytest.fixture
def alias(lua: Tenant) -> Domain:
    """Return a second name of the motel Lua."""
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        return services.attach_domain(host="lua.com.br", property=motel, is_verified=True)


def test_an_alias_redirects_to_the_primary_host(alias: Domain) -> None:
    response = Client(HTTP_HOST="LUA.com.br").get("/suites/?de=a&para=b%20c")
    assert response.status_code == 301
    assert response.headers["Location"] == "http://lua.localhost/suites/?de=a&para=b%20c"


def test_an_alias_keeps_the_port(alias: Domain) -> None:
    client = Client(HTTP_HOST="lua.com.br:8000")
    assert client.get("/").headers["Location"] == "http://lua.localhost:8000/"


def test_an_alias_behind_a_proxy_does_not_show_the_servers_port(alias: Domain) -> None:
    response = Client(HTTP_HOST="lua.com.br").get("/", SERVER_PORT="8000")
    assert response.headers["Location"] == "http://lua.localhost/"


def test_an_alias_leads_nowhere_else(alias: Domain) -> None:
    response = Client(HTTP_HOST="lua.com.br").get("//mal.exemplo.test/")
    assert response.headers["Location"].startswith("http://lua.localhost/")


def test_a_new_primary_turns_the_old_one_into_an_alias(
    alias: Domain, lua: Tenant, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True), tenant_scope(lua):
        services.make_primary(domain=alias)
    response = Client(HTTP_HOST="lua.localhost").get("/suites/")
    assert response.headers["Location"] == "http://lua.com.br/suites/"
    assert Client(HTTP_HOST="lua.com.br").get("/suites/").status_code == 200


def test_a_domain_that_is_not_verified_is_a_stranger(lua: Tenant) -> None:
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        services.attach_domain(host="pedido.com.br", property=motel)
    assert Client(HTTP_HOST="pedido.com.br").get("/").status_code == 421


@pytest.mark.parametrize("host", ["lua.localhost", "lua-centro.localhost", "lua.painel.localhost"])
def test_a_suspended_tenant_is_not_served(lua: Tenant, sol: Tenant, host: str) -> None:
    execute_as_owner("UPDATE tenancy_tenant SET status = 'suspended' WHERE id = %s", lua.pk)
    response = Client(HTTP_HOST=host).get("/admin/login/")
    assert response.status_code == 503
    assert "Retry-After" in response.headers
    assert response.content == b"503 Service Unavailable\n"
    assert Client(HTTP_HOST="sol.localhost").get("/").status_code == 200


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_HOST", "HTTP_X_HOST", "HTTP_FORWARDED"])
def test_a_proxys_word_is_not_believed_by_itself(lua: Tenant, header: str) -> None:
    client = Client(HTTP_HOST=STRANGER, **{header: "lua.localhost"})
    assert client.get("/").status_code == 421
    client = Client(HTTP_HOST="lua.localhost", **{header: STRANGER})
    assert client.get("/").status_code == 200


@override_settings(USE_X_FORWARDED_HOST=True)
def test_a_trusted_proxys_word_is_believed(lua: Tenant) -> None:
    client = Client(HTTP_HOST=STRANGER, HTTP_X_FORWARDED_HOST="lua.localhost")
    assert client.get("/").status_code == 200
    client = Client(HTTP_HOST="lua.localhost", HTTP_X_FORWARDED_HOST=STRANGER)
    assert client.get("/").status_code == 421


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Callable[[Tenant], None]:
    """Return what has this process hear of a tenant's changes, as it would after the commit."""
    versions = KnownVersions()
    monkeypatch.setattr(hosts, "versions", versions)

    def hear(tenant: Tenant) -> None:
        raise_versions()
        execute_as_owner("SELECT set_config('app.content_raised', '', true)")  # once each time
        with tenant_scope(tenant):
            versions.raise_to(ContentVersion.objects.get().version, tenant_id=tenant.pk)

    return hear


@pytest.mark.parametrize("was_local", [True, False])
def test_a_host_from_before_a_change_is_not_believed_though_nobody_has_said_so(
    lua: Tenant, heard: Callable[[Tenant], None], was_local: bool
) -> None:
    """As where whoever changed it was killed before it told Redis, or Redis was away."""
    heard(lua)
    resolve("lua.localhost")
    if not was_local:
        hosts.clear_local()
    execute_as_owner("UPDATE tenancy_tenant SET status = 'suspended' WHERE id = %s", lua.pk)
    heard(lua)
    host = resolve("lua.localhost")
    assert host is not None
    assert host.is_suspended


def test_a_lost_host_is_a_strangers_in_each_process(
    alias: Domain, lua: Tenant, heard: Callable[[Tenant], None]
) -> None:
    heard(lua)
    assert resolve("lua.com.br")
    execute_as_owner("DELETE FROM tenancy_domain WHERE id = %s", alias.pk)
    heard(lua)
    assert resolve("lua.com.br") is None


def test_a_change_of_one_tenant_costs_no_query_for_anothers_host(
    lua: Tenant,
    sol: Tenant,
    heard: Callable[[Tenant], None],
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    heard(sol)
    resolve("sol.localhost")
    execute_as_owner("UPDATE tenancy_tenant SET name = 'Outra' WHERE id = %s", lua.pk)
    heard(lua)
    with django_assert_num_queries(0):
        assert resolve("sol.localhost")
