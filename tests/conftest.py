"""Two motel companies, lua and sol, in a real database, seen as the app role."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import translation
from django.utils.translation import get_language
from hypothesis import settings as hypothesis_settings
from redis import Redis

from sites.provisioning.apply import provision
from sites.provisioning.platform import ensure_platform
from sites.provisioning.reader import read
from tenancy import hosts
from tenancy.content import TRIGGER
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.guard import APP_ROLE
from tenancy.links import staff_host
from tenancy.models import Tenant, User
from tenancy.store.facts import facts
from tenancy.store.versions import versions

# How long an example takes says nothing of whether it holds.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")

FILES = Path(__file__).parent / "files"

StaffClient = Callable[..., Client]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Have the owner build the schema, then be the app role on every connection, as served."""
    with django_db_blocker.unblock():
        as_app_role()
        forget_everything()
        ensure_platform()
        for name in ("lua", "sol"):
            provision(read(FILES / f"{name}.toml"))
    yield
    with django_db_blocker.unblock():
        as_owner()


def as_app_role() -> None:
    for each in connections.all():
        each.settings_dict["OPTIONS"].pop("options", None)
        each.settings_dict["OPTIONS"]["assume_role"] = APP_ROLE
        each.close()


def as_owner() -> None:
    for each in connections.all():
        each.settings_dict["OPTIONS"].pop("assume_role", None)
        each.close()


def forget_everything() -> None:
    """Empty this worker's Redis database, and all that the process has learned."""
    Redis.from_url(settings.REDIS_URL).flushdb()
    hosts.clear_local()
    facts.clear()
    versions.stop()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Leave the language as it was: a request in the test's own thread sets its own."""
    language = get_language()
    yield
    translation.activate(language or settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _fresh_caches(request: pytest.FixtureRequest) -> None:
    if {"db", "lua", "sol"} & set(request.fixturenames):
        forget_everything()


@pytest.fixture
def lua(db: None) -> Tenant:
    """Return tenant A: two motels."""
    with tenant_scope(PLATFORM_ID):
        return Tenant.objects.get(slug="lua")


@pytest.fixture
def sol(db: None) -> Tenant:
    """Return tenant B: one motel, and SOLMARK in whatever is its own."""
    with tenant_scope(PLATFORM_ID):
        return Tenant.objects.get(slug="sol")


@pytest.fixture
def guest() -> Callable[[str], Client]:
    """Return a maker of anonymous clients: `guest("lua.localhost")`."""
    return lambda host: Client(HTTP_HOST=host)


@pytest.fixture
def staff(db: None) -> StaffClient:
    """Return a maker of signed-in clients: `staff(lua, "editor")`, on the tenant's staff host."""

    def sign_in(tenant: Tenant, role: str) -> Client:
        return signed_in(tenant, f"{role}@{tenant.slug}.test")

    return sign_in


def signed_in(tenant: Tenant, email: str) -> Client:
    """Return a client with that person's session on the tenant's staff host."""
    host = staff_host(tenant.slug) if tenant.pk else "painel.localhost"
    client = Client(HTTP_HOST=host)
    with tenant_scope(tenant):
        client.force_login(User.objects.get(email=email))
    return client


def execute_as_owner(statement: str, *params: object) -> list[tuple[object, ...]]:
    """Run a statement past all walls, in the test's own transaction; return its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'none', true)")
        try:
            cursor.execute(statement, params)
            return cursor.fetchall() if cursor.description else []
        finally:
            if not connection.needs_rollback:
                cursor.execute("SELECT set_config('role', %s, true)", [APP_ROLE])


def raise_versions() -> None:
    """Raise the versions of changed content now, as the end of the transaction would."""
    for when in ("IMMEDIATE", "DEFERRED"):
        execute_as_owner(f"SET CONSTRAINTS {TRIGGER} {when}")
