"""How each wall is taken away, for the length of one test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest import mock

from django.core.cache import caches
from django.core.cache.backends.base import default_key_func
from django.db import connection
from django.db.models import Manager
from django.test import override_settings

from tenancy import hosts
from tenancy.hosts import Host
from tenancy.scoped import TenantManager, TenantScoped
from tests.conftest import execute_as_owner
from theme import page_forms

WITHOUT_POLICIES = """
    DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT relname FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p')
        LOOP EXECUTE format('ALTER TABLE %%I DISABLE ROW LEVEL SECURITY', name); END LOOP;
    END $$
"""

REMOVALS: dict[str, Callable[[], AbstractContextManager[Any]]] = {}


def removes(name: str) -> Callable[[Callable[[], Iterator[None]]], Any]:
    """Register a context manager as the removal of that wall."""

    def decorate(function: Callable[[], Iterator[None]]) -> Any:
        REMOVALS[name] = contextmanager(function)
        return REMOVALS[name]

    return decorate


@removes("rls")
def without_rls() -> Iterator[None]:
    """Disable row-level security on every table, until the test's transaction is rolled back."""
    connection.check_constraints()
    execute_as_owner(WITHOUT_POLICIES)
    yield


@removes("tree")
def without_roots() -> Iterator[None]:
    """Hang everybody's pages below one root, as Wagtail does."""
    execute_as_owner(
        "UPDATE wagtailcore_page p SET path = r.path || 'Z' || substr(p.path, 2), "
        "depth = p.depth + 1 FROM wagtailcore_page r JOIN tenancy_tenant t ON t.id = r.tenant_id "
        "WHERE t.slug = 'lua' AND r.depth = 1 AND p.tenant_id <> t.id"
    )
    yield


@removes("manager")
def without_manager() -> Iterator[None]:
    """Make the scoped managers plain."""
    plain = mock.patch.object(TenantManager, "get_queryset", Manager.get_queryset)
    unclaimed = mock.patch.object(TenantScoped, "claim")
    with plain, unclaimed:
        yield


@removes("page form")
def without_page_form() -> Iterator[None]:
    """Let the forms of pages offer what is of any property."""
    with mock.patch.object(page_forms, "keep_to"):
        yield


def as_it_is(self: object, data: dict[str, Any]) -> dict[str, Any]:
    """Return a session's data, whoever's they are."""
    return data


@removes("session")
def without_bound_sessions() -> Iterator[None]:
    """Let a session count wherever its key is sent."""
    with mock.patch("tenancy.sessions.SessionStore._own", new=as_it_is):
        yield


@removes("membership")
def without_membership() -> Iterator[None]:
    """Let everybody sign in everywhere."""
    with mock.patch("tenancy.auth.is_member", return_value=True):
        yield


@removes("host")
def without_hosts() -> Iterator[None]:
    """Serve some tenant's site under a stranger's name, as a default site would."""
    resolve = hosts.resolve

    def lenient(name: str) -> Host | None:
        return resolve(name) or resolve("lua.localhost")

    with mock.patch.object(hosts, "resolve", lenient):
        yield


@removes("paths")
def without_paths() -> Iterator[None]:
    """Serve every path on every host."""
    with mock.patch("tenancy.middleware.serves", return_value=True):
        yield


@removes("cache_key")
def without_cache_key() -> Iterator[None]:
    """Share cache entries among tenants, as Django does."""
    with mock.patch.object(caches["default"], "key_func", default_key_func):
        yield


@removes("storage")
def without_storage() -> Iterator[None]:
    """Open any file for anybody."""
    with (
        mock.patch("tenancy.storage._own", lambda name: name),
        mock.patch("tenancy.storage.tenant_prefix", return_value=""),
        mock.patch("config.views.tenant_prefix", return_value=""),
        mock.patch("config.views.is_public", return_value=True),
    ):
        yield


@removes("token")
def without_token() -> Iterator[None]:
    """Let a token open whatever tenant the client names."""
    with mock.patch("tenancy.tokens.is_for", return_value=True):
        yield


@removes("grants")
def without_grants() -> Iterator[None]:
    """Let the app role write every table."""
    execute_as_owner("GRANT ALL ON ALL TABLES IN SCHEMA public TO alcova_app")
    yield


@removes("cookie")
def without_cookie() -> Iterator[None]:
    """Send cookies to all hosts of the platform."""
    with override_settings(SESSION_COOKIE_DOMAIN=".localhost"):
        yield


@removes("operators")
def without_operators() -> Iterator[None]:
    """Show the operators' lists in every tenant."""
    with mock.patch("tenancy.operators.current_tenant_id", return_value=0):
        yield


@removes("permissions")
def without_permissions() -> Iterator[None]:
    """Give every role the permissions over people and groups, as in a stock project."""
    execute_as_owner(
        "INSERT INTO auth_group_permissions (tenant_id, group_id, permission_id) "
        "SELECT g.tenant_id, g.id, p.id FROM auth_group g CROSS JOIN auth_permission p "
        "JOIN django_content_type c ON c.id = p.content_type_id "
        "WHERE c.model IN ('user', 'group') ON CONFLICT DO NOTHING"
    )
    yield
