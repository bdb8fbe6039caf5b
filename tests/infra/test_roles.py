"""docker/roles.sql: three roles, each with its own rights and no more."""

from collections.abc import Iterator

import pytest
from psycopg import Connection, connect
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import dict_row

from infra.local.checkout import ROOT
from infra.local.postgres import Postgres
from tests.infra.conftest import temporary_checkout

ATTRIBUTES = """
SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication
FROM pg_roles WHERE rolname LIKE 'alcova%' ORDER BY rolname
"""
MEMBERSHIPS = """
SELECT member::regrole::text, roleid::regrole::text AS role
FROM pg_auth_members WHERE member::regrole::text LIKE 'alcova%' ORDER BY 1, 2
"""
OWNERS = """
SELECT pg_get_userbyid(datdba) AS database, nspowner::regrole::text AS schema
FROM pg_database, pg_namespace WHERE datname = current_database() AND nspname = 'public'
"""


def state(connection: "Connection[dict[str, object]]") -> list[dict[str, object]]:
    questions = (ATTRIBUTES, MEMBERSHIPS, OWNERS)
    return [row for question in questions for row in connection.execute(question).fetchall()]


def role(name: str, *, bypassrls: bool = False, createdb: bool = False) -> dict[str, object]:
    return {
        "rolname": name,
        "rolcanlogin": True,
        "rolsuper": False,
        "rolbypassrls": bypassrls,
        "rolcreatedb": createdb,
        "rolcreaterole": False,
        "rolreplication": False,
    }


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with temporary_checkout() as checkout:
        server = Postgres(checkout)
        with server.running():
            yield server


def superuser(postgres: Postgres) -> "Connection[dict[str, object]]":
    url = postgres.urls()["DATABASE_URL"].replace("alcova_app@", "postgres@")
    return connect(url, row_factory=dict_row, autocommit=True)


def test_roles_have_their_rights_and_no_more(postgres):
    with superuser(postgres) as connection:
        assert state(connection) == [
            role("alcova_app"),
            role("alcova_ops", bypassrls=True),
            role("alcova_owner"),
            {"member": "alcova_ops", "role": "alcova_app"},
            {"database": "alcova_owner", "schema": "alcova_owner"},
        ]


def test_roles_file_changes_nothing_the_second_time_and_mends_what_was_changed(postgres):
    statements = (ROOT / "docker" / "roles.sql").read_text()
    with superuser(postgres) as connection:
        before = state(connection)

        connection.execute(statements)
        assert state(connection) == before

        connection.execute("ALTER ROLE alcova_app SUPERUSER BYPASSRLS")
        connection.execute(statements)
        assert state(connection) == before


def test_app_may_neither_build_nor_escape(postgres):
    forbidden = (
        "CREATE TABLE secrets ()",
        "CREATE SCHEMA theirs",
        "CREATE DATABASE theirs",
        "CREATE ROLE theirs",
        "SET ROLE alcova_ops",
        "SET ROLE alcova_owner",
        "CREATE TEMPORARY TABLE notes ()",
    )
    with connect(postgres.urls()["DATABASE_URL"], autocommit=True) as connection:
        for statement in forbidden:
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement)


@pytest.mark.parametrize(
    ("url", "limit"),
    [("DATABASE_URL", "30s"), ("DATABASE_OPS_URL", "15min"), ("DATABASE_OWNER_URL", "0")],
)
def test_no_statement_holds_the_database_up_forever(postgres, url, limit):
    with connect(postgres.urls()[url]) as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == (limit,)


def test_ops_may_act_as_the_app(postgres):
    with connect(postgres.urls()["DATABASE_OPS_URL"]) as connection:
        connection.execute("SET LOCAL ROLE alcova_app")
        row = connection.execute("SELECT current_user").fetchone()

    assert row == ("alcova_app",)


def test_stranger_may_not_connect(postgres):
    with superuser(postgres) as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
        row = connection.execute(
            "SELECT has_database_privilege('stranger', current_database(), 'CONNECT') AS may"
        ).fetchone()

    assert row == {"may": False}


def test_owner_may_build_databases_and_become_the_others_in_tests_only(checkout):
    server = Postgres(checkout, for_tests=True)

    with server.running(), superuser(server) as connection:
        rows = state(connection)

    assert role("alcova_owner", createdb=True) in rows
    assert {"member": "alcova_owner", "role": "alcova_app"} in rows
    assert {"member": "alcova_owner", "role": "alcova_ops"} in rows
