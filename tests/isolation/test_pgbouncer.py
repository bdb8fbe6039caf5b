"""One connection to the server, shared statement by statement, behind PgBouncer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.postgresql.base import Cursor
from django.db.transaction import atomic

from tenancy.context import current_tenant_id, tenant_scope
from tenancy.escape import across_tenants
from tests.connections import connected, threads_connected
from tests.isolation.aims import Aim
from tests.isolation.interleaving import (
    ROUNDS,
    THREADS,
    committed_aims,
    in_threads,
    requests_in_threads,
)
from tests.isolation.pgbouncer import PROGRAM, pgbouncer, through

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        PROGRAM is None, reason="PgBouncer is not installed (Debian: apt install pgbouncer)"
    ),
]

SLUGS = "SELECT slug FROM tenancy_property ORDER BY slug"
WHO = "SELECT current_user"


@pytest.fixture(scope="module")
def aims(django_db_setup: None, django_db_blocker) -> Iterator[tuple[Aim, Aim]]:
    with django_db_blocker.unblock(), committed_aims() as aims:
        yield aims


@pytest.fixture(scope="module")
def bouncer(aims) -> Iterator[Path]:
    with pgbouncer(size=1) as home:
        yield home


@pytest.fixture
def wide_bouncer(aims) -> Iterator[Path]:
    with pgbouncer(size=2) as home:
        yield home


def ask(own, query=SLUGS):
    with own.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]


def test_mixed_operations_of_twelve_threads_never_meet_another_tenants_rows(bouncer, aims):
    with threads_connected(through(bouncer, "app")):
        done = in_threads(aims)
    assert len(done) == 1
    assert done.total() == THREADS * ROUNDS > 1000


def test_requests_of_two_tenants_never_meet(bouncer, aims):
    with threads_connected(through(bouncer, "app")):
        done = requests_in_threads()
    assert len(done) == 1


def test_a_transaction_of_one_client_leaves_nothing_to_the_next(bouncer, aims):
    ours, theirs = aims
    settings = through(bouncer, "app")
    with connected(settings) as one, connected(settings) as two:
        with tenant_scope(ours.tenant):
            assert ask(one) == ["lua", "lua-centro"]
        with tenant_scope(theirs.tenant):
            assert ask(two) == ["sol"]
        with tenant_scope(ours.tenant):
            assert ask(one) == ["lua", "lua-centro"]
        with pytest.raises(Exception, match="bigint"):
            ask(two)


class SessionCursor(Cursor):
    """What not to do: the tenant is set for the session, in a message of its own."""

    def execute(self, query, params=None):
        if not str(query).startswith("SELECT slug"):
            super().execute(f"SELECT set_config('app.tenant_id', '{current_tenant_id()}', false)")
        return super().execute(query, params)


def test_a_setting_of_the_session_would_show_the_wrong_tenant(bouncer, aims):
    ours, theirs = aims
    settings = through(bouncer, "app")
    settings["OPTIONS"] = {**settings["OPTIONS"], "cursor_factory": SessionCursor}
    with connected(settings) as one, connected(settings) as two:
        with tenant_scope(ours.tenant):
            ask(one, "SELECT 1")
        with tenant_scope(theirs.tenant):
            ask(two, "SELECT 1")
        with tenant_scope(ours.tenant):
            assert ask(one) == ["sol"]
        ask(one, "SELECT set_config('app.tenant_id', '', false)")


def test_the_escape_ends_with_its_transaction(bouncer, aims):
    with connected(through(bouncer, "ops")):
        with across_tenants():
            assert ask(connection, WHO) == ["alcova_ops"]
        assert ask(connection, WHO) == ["alcova_app"]


def test_an_ops_process_is_the_app_role_on_every_server_connection(wide_bouncer, aims):
    """`SET ROLE` reaches one server connection; the pool may answer with another."""
    settings = through(wide_bouncer, "ops")
    with connected(settings) as one, connected(settings) as two:
        one.ensure_connection()
        with atomic():
            ask(two, WHO)
            assert ask(one, WHO) == ["alcova_app"]
