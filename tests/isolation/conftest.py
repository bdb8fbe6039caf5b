"""Two full worlds: what is lua's (A), and what is sol's (B)."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from tenancy.context import tenant_scope
from tenancy.models import Tenant, User
from tenancy.services import add_member
from tests.conftest import StaffClient, execute_as_owner, signed_in
from tests.isolation import (  # noqa: F401 (they register)
    kinds_company,
    kinds_content,
    kinds_guests,
    kinds_privacy,
    kinds_promotions,
    kinds_reviews,
    kinds_ugc,
    kinds_uses,
)
from tests.isolation.world import World

USERS = ("editor", "manager", "owner", "superuser")
SUPERUSER = "root@lua.test"


@pytest.fixture
def a(lua: Tenant) -> World:
    """Return tenant A's world: whoever asks is in it."""
    return World(lua, "")


@pytest.fixture
def b(sol: Tenant) -> World:
    """Return tenant B's world, of which nobody in A may learn anything."""
    return World(sol, "SOLMARK ")


@pytest.fixture
def become(lua: Tenant, staff: StaffClient) -> Callable[[str], Client]:
    """Return a maker of clients on A's staff host, by role; "superuser" is past A's own rules."""
    return lambda role: superuser_of(lua) if role == "superuser" else staff(lua, role)


def superuser_of(tenant: Tenant) -> Client:
    """Make a superuser among the tenant's members, which only the owner of the tables can."""
    execute_as_owner(
        "INSERT INTO tenancy_user (id, email, first_name, last_name, password, is_active, "
        "is_superuser, date_joined) VALUES (%s, %s, '', '', '', true, true, now())",
        uuid.uuid4(),
        SUPERUSER,
    )
    user_id = execute_as_owner("SELECT id FROM tenancy_user WHERE email = %s", SUPERUSER)[0][0]
    with tenant_scope(tenant):
        add_member(user=User(pk=user_id), role="owner")
    return signed_in(tenant, SUPERUSER)
