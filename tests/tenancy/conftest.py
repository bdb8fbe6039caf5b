"""A connection as in service, and an owner who invites."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from tenancy.context import tenant_scope
from tenancy.models import Tenant
from tests.conftest import StaffClient
from tests.connections import connected, settings_of
from tests.tenancy.inviting import Commit


@pytest.fixture
def app(db: None) -> Iterator[BaseDatabaseWrapper]:
    """Return a fresh connection of the app role's own, the default one for the time being.

    It is in autocommit: there is no transaction around the test.
    """
    with connected(settings_of("app")) as connection:
        yield connection


@pytest.fixture
def owner(lua: Tenant, sol: Tenant, staff: StaffClient) -> Client:
    """Return lua's owner, who invites."""
    return staff(lua, "owner")


@pytest.fixture
def commit(lua: Tenant, django_capture_on_commit_callbacks) -> Commit:
    """Return what runs the queue's work at the end of a block, as after a commit in lua."""

    @contextmanager
    def committing() -> Iterator[None]:
        with tenant_scope(lua), django_capture_on_commit_callbacks(execute=True):
            yield

    return committing
