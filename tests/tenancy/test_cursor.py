import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

import psycopg
import pytest
from django.db import DataError, IntegrityError, InternalError, ProgrammingError
from django.db.backends.postgresql.base import Cursor
from django.db.transaction import atomic
from psycopg import pq, sql

from suites.models import SuiteType
from tenancy.context import no_tenant, tenant_scope
from tenancy.models import AppliedItem, Property

SLUGS = "SELECT slug FROM tenancy_property ORDER BY slug"
SETTING = "SELECT current_setting('app.tenant_id', true)"
LUA, SOL = [("lua",), ("lua-centro",)], [("sol",)]


def ask(connection, query=SLUGS, params=None):
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def left_on(connection):
    """Return the setting that is left on the connection, asked past the cursor of ours."""
    with Cursor(connection.connection) as plain:
        return plain.execute(SETTING).fetchone()[0] or None


# --- one message ----------------------------------------------------------------------------


@contextmanager
def messages(connection) -> Iterator[list[str]]:
    """List the protocol's messages, both ways, that pass during the block."""
    if sys.platform != "linux":
        pytest.skip("libpq's trace needs a file descriptor, which psycopg supports on Linux only")
    connection.ensure_connection()
    pgconn = connection.connection.pgconn
    passed: list[str] = []
    with TemporaryFile() as file:
        pgconn.trace(os.dup(file.fileno()))
        pgconn.set_trace_flags(pq.Trace.SUPPRESS_TIMESTAMPS)
        try:
            yield passed
        finally:
            pgconn.untrace()
        file.seek(0)
        passed += file.read().decode().splitlines()


def round_trips(passed: list[str]) -> tuple[int, int]:
    """Return how many messages went to the server, and how often it was waited for."""
    sent = [line for line in passed if line.startswith("F")]
    waits = [line for line in passed if line.startswith("B") and "ReadyForQuery" in line]
    return len(sent), len(waits)


def in_autocommit(connection):
    ask(connection)
    ask(connection, "SELECT slug FROM tenancy_property WHERE slug = %s", ["lua"])


def in_a_transaction(connection):
    with atomic():
        ask(connection)
        with atomic():
            ask(connection)


def by_the_orm(connection):
    list(Property.objects.prefetch_related("suite_types"))


@pytest.mark.parametrize("work", [in_autocommit, in_a_transaction, by_the_orm])
def test_the_tenant_costs_no_message_of_its_own(app, lua, work):
    with tenant_scope(lua):
        with messages(app) as ours:
            work(app)
        app.settings_dict["OPTIONS"]["cursor_factory"] = Cursor
        app.close()
        app.ensure_connection()
        ask(app, f"SELECT set_config('app.tenant_id', '{lua.pk}', false)")
        with messages(app) as djangos:
            work(app)
    assert round_trips(ours) == round_trips(djangos)
    assert sum("set_config" in line for line in ours) >= 2


# --- nothing left ---------------------------------------------------------------------------


def test_a_statement_in_autocommit_leaves_nothing(app, lua):
    with tenant_scope(lua):
        assert ask(app) == LUA
    assert left_on(app) is None


def test_a_failed_statement_leaves_nothing(app, lua):
    with tenant_scope(lua), pytest.raises(DataError):
        ask(app, "SELECT 1 / 0")
    assert left_on(app) is None
    with tenant_scope(lua):
        assert ask(app) == LUA


def test_a_transaction_leaves_nothing_whether_it_commits_or_not(app, lua):
    with tenant_scope(lua):
        with atomic():
            assert ask(app) == LUA
        assert left_on(app) is None
        with atomic():
            ask(app)
            app.set_rollback(True)
    assert left_on(app) is None


# --- fails closed ---------------------------------------------------------------------------


def test_a_fresh_connection_refuses_without_a_tenant(app):
    with pytest.raises(ProgrammingError, match=r"app\.tenant_id"):
        ask(app)


def test_a_used_connection_refuses_without_a_tenant(app, lua):
    with tenant_scope(lua):
        ask(app)
    with pytest.raises(DataError, match="bigint"):
        ask(app)


def test_a_transaction_that_had_a_tenant_refuses_without_one(app, lua):
    with atomic():
        with tenant_scope(lua):
            assert ask(app) == LUA
        with pytest.raises(DataError), atomic():
            ask(app)
        with tenant_scope(lua), no_tenant(), pytest.raises(DataError), atomic():
            ask(app)


def test_what_needs_no_tenant_works_without_one(app):
    assert ask(app, "SELECT 1") == [(1,)]
    with atomic():
        assert ask(app, "SELECT host FROM tenancy_domain WHERE host = 'sol.localhost'")


# --- scopes within scopes -------------------------------------------------------------------


def test_each_statement_of_a_transaction_has_its_own_tenant(app, lua, sol):
    with atomic(), tenant_scope(lua):
        assert ask(app) == LUA
        with tenant_scope(sol):
            assert ask(app) == SOL
        assert ask(app) == LUA


def test_a_rollback_to_a_savepoint_brings_no_other_tenant_back(app, lua, sol):
    with tenant_scope(lua), atomic():
        savepoint = app.savepoint()
        with tenant_scope(sol):
            assert ask(app) == SOL
        app.savepoint_rollback(savepoint)
        assert ask(app) == LUA


def test_a_failed_transaction_says_so_and_recovers_at_its_savepoint(app, lua):
    with tenant_scope(lua), atomic():
        with pytest.raises(DataError), atomic():
            ask(app, "SELECT 1 / 0")
        assert ask(app) == LUA
        savepoint = app.savepoint()
        with pytest.raises(DataError):
            app.cursor().execute("SELECT 1 / 0")
        with pytest.raises(InternalError, match="aborted"):
            app.cursor().execute(SLUGS)
        app.savepoint_rollback(savepoint)
        app.needs_rollback = False
        assert ask(app) == LUA


def test_rows_that_are_still_being_read_stay_the_first_tenants(app, lua, sol):
    with tenant_scope(lua):
        first = app.cursor()
        first.execute(SLUGS)
        assert first.fetchone() == ("lua",)
        with tenant_scope(sol):
            assert ask(app) == SOL
    assert first.fetchall() == LUA[1:]


def test_an_iterator_goes_on_for_the_tenant_for_which_it_began(app, lua, sol):
    seen = []
    with tenant_scope(lua):
        for row in Property.objects.order_by("slug").iterator(chunk_size=1):
            with tenant_scope(sol):
                assert SuiteType.objects.count() == 1
            seen.append(row.slug)
    assert seen == ["lua", "lua-centro"]


# --- every way to run a statement -----------------------------------------------------------


@pytest.mark.parametrize("query", [SLUGS, SLUGS.encode(), sql.SQL(SLUGS)], ids=type)
def test_a_query_may_be_of_any_kind(app, lua, query):
    with tenant_scope(lua):
        assert ask(app, query) == LUA


def test_results_are_the_statements_own(app, lua):
    with tenant_scope(lua), app.cursor() as cursor:
        cursor.execute(SLUGS)
        assert [column.name for column in cursor.description] == ["slug"]
        assert cursor.rowcount == 2
        assert cursor.fetchmany(1) == [("lua",)]
        cursor.execute("UPDATE tenancy_property SET name = name")
        assert cursor.rowcount == 2
        assert cursor.description is None


def test_parameters_and_percent_signs_reach_the_statement(app, lua):
    with tenant_scope(lua):
        assert ask(app, "SELECT %s || '%%'", ["a"]) == [("a%",)]
        assert ask(app, "SELECT 'a%'") == [("a%",)]


def test_executemany_runs_each_for_the_tenant(app, lua, sol):
    rename = "UPDATE tenancy_property SET timezone = %s WHERE slug = %s"
    with tenant_scope(lua), atomic():
        with app.cursor() as cursor:
            cursor.executemany(rename, iter([("UTC", "lua"), ("UTC", "sol")]))
        assert Property.objects.filter(timezone="UTC").count() == 1
        with tenant_scope(sol):
            assert not Property.objects.filter(timezone="UTC").exists()
        app.set_rollback(True)


def copied(connection):
    with connection.cursor() as cursor, cursor.copy(f"COPY ({SLUGS}) TO STDOUT") as copy:
        return list(copy.rows())


def test_copy_works_in_a_transaction_for_the_tenant_in_scope(app, lua, sol):
    with atomic():
        for tenant, slugs in ((lua, LUA), (sol, SOL)):
            with tenant_scope(tenant):
                assert copied(app) == slugs
        with pytest.raises(psycopg.DataError), atomic():
            copied(app)


def test_copy_is_refused_in_autocommit(app, lua):
    with tenant_scope(lua), pytest.raises(psycopg.Error):
        copied(app)
    assert left_on(app) is None


def test_copy_into_a_guarded_table_is_refused_by_the_database(app, lua):
    rows = "COPY tenancy_applieditem (id, tenant_id, key, digest, ref) FROM STDIN"
    with tenant_scope(lua), atomic(), app.cursor() as cursor:
        with pytest.raises(psycopg.errors.FeatureNotSupported), cursor.copy(rows):
            pass
        app.set_rollback(True)


def test_streamed_rows_are_those_of_the_tenant_in_scope(app, lua, sol):
    with atomic():
        for tenant, slugs in ((lua, LUA), (sol, SOL)):
            with tenant_scope(tenant), app.cursor() as cursor:
                assert list(cursor.stream(SLUGS)) == slugs
        with pytest.raises(psycopg.DataError), atomic(), app.cursor() as cursor:
            list(cursor.stream(SLUGS))


def test_streaming_is_refused_in_autocommit(app, lua):
    with tenant_scope(lua), app.cursor() as cursor, pytest.raises(psycopg.Error):
        list(cursor.stream(SLUGS))


def test_a_server_side_cursor_is_refused_by_the_database(app, lua):
    with tenant_scope(lua), atomic(), app.create_cursor(name="named") as cursor:
        with pytest.raises(psycopg.Error):
            cursor.execute(SLUGS)
        app.set_rollback(True)


def test_a_write_that_breaks_a_constraint_is_undone_with_its_setting(app, lua):
    with tenant_scope(lua), pytest.raises(IntegrityError):
        AppliedItem.objects.bulk_create([AppliedItem(key="a"), AppliedItem(key="a")])
    with tenant_scope(lua):
        assert not AppliedItem.objects.filter(key="a").exists()
    assert left_on(app) is None
