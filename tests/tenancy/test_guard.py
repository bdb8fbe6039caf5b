from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection

from tenancy import guard, schedule
from tenancy.context import no_tenant, tenant_scope
from tenancy.models import User
from tests.connections import connected, settings_of


@pytest.fixture
def owner(db: None) -> Iterator[None]:
    """Be the owner, as `migrate` is, in a transaction that is rolled back."""
    with connected(settings_of("owner")) as own:
        own.set_autocommit(False)
        yield
        own.rollback()


def ask(query: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall() if cursor.description else []


def as_app(query: str, *params: object) -> list[tuple[object, ...]]:
    """Run a statement as the app role, inside the owner's transaction."""
    ask("SET LOCAL ROLE alcova_app")
    try:
        return ask(query, *params)
    finally:
        if connection.connection.info.transaction_status.name == "INTRANS":
            ask("SET LOCAL ROLE NONE")


def structural() -> list[str]:
    return [
        text for text in guard.statements(connection) if not text.startswith(("GRANT", "REVOKE"))
    ]


def test_a_guarded_database_needs_nothing_more_but_its_grants(owner):
    assert structural() == []


def test_a_new_table_of_a_package_is_guarded(owner):
    ask("CREATE TABLE stray (id int, name text)")
    ask("INSERT INTO stray VALUES (1, 'before')")
    guard.guard_database()
    with tenant_scope(7):
        as_app("INSERT INTO stray VALUES (2, 'seven')")
        assert as_app("SELECT id FROM stray") == [(2,)]
    with tenant_scope(0):
        assert as_app("SELECT id FROM stray") == [(1,)]
    assert ask("SELECT id, tenant_id FROM stray ORDER BY id") == [(1, 0), (2, 7)]
    with no_tenant(), pytest.raises(DatabaseError):
        as_app("SELECT id FROM stray")
    connection.rollback()


def test_an_upgrade_that_adds_a_foreign_key_to_pages_is_guarded(owner):
    ask("CREATE TABLE stray (id int, page_id int REFERENCES wagtailcore_page (id))")
    assert any('FOREIGN KEY (tenant_id, "page_id")' in text for text in structural())
    guard.guard_database()
    assert structural() == []


def test_a_unique_constraint_that_a_migration_puts_back_is_rebuilt(owner):
    name = "auth_group_name_key"
    ask(f"ALTER TABLE auth_group DROP CONSTRAINT {name}")
    ask("UPDATE auth_group SET name = id::text")
    ask(f"ALTER TABLE auth_group ADD CONSTRAINT {name} UNIQUE (name)")
    guard.guard_database()
    query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
    assert ask(query, name) == [("UNIQUE (tenant_id, name)",)]


@pytest.mark.parametrize(
    ("table", "columns"),
    [(table, columns) for table, many in guard.REBUILT_UNIQUES.items() for columns in many],
)
def test_what_people_choose_is_unique_for_each_tenant(db, table, columns):
    query = (
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'u' AND conrelid = %s::regclass"
    )
    assert (f"UNIQUE (tenant_id, {', '.join(columns)})",) in ask(query, table)


@pytest.mark.parametrize("table", guard.SHARED)
@pytest.mark.parametrize("verb", ["INSERT", "UPDATE", "DELETE", "TRUNCATE"])
def test_shared_tables_are_only_read(db, table, verb):
    privilege = "SELECT has_table_privilege(%s, %s, %s)"
    assert ask(privilege, guard.APP_ROLE, table, verb) == [(False,)]
    assert ask(privilege, guard.APP_ROLE, table, "SELECT") == [(True,)]


def test_who_serves_writes_four_columns_of_people_and_adds_none(db):
    columns = (
        "SELECT column_name::text FROM information_schema.column_privileges WHERE grantee = %s"
    )
    found = ask(
        f"{columns} AND table_name = 'tenancy_user' AND privilege_type = 'UPDATE'", guard.APP_ROLE
    )
    assert {name for (name,) in found} == set(User.WRITABLE)
    for verb in ("INSERT", "DELETE"):
        assert ask("SELECT has_table_privilege(%s, 'tenancy_user', %s)", guard.APP_ROLE, verb) == [
            (False,)
        ]


def test_nobody_who_serves_changes_what_is_only_added_to(db):
    for verb, holds in (("INSERT", True), ("UPDATE", False), ("DELETE", False)):
        query = "SELECT has_table_privilege(%s, 'tenancy_auditentry', %s)"
        assert ask(query, guard.APP_ROLE, verb) == [(holds,)]


def test_a_new_table_may_be_written_by_who_serves(owner):
    ask("CREATE TABLE stray (id int)")
    guard.guard_database()
    assert ask("SELECT has_table_privilege(%s, 'stray', 'INSERT')", guard.APP_ROLE) == [(True,)]
    assert ask("SELECT has_table_privilege(%s, 'stray', 'TRUNCATE')", guard.APP_ROLE) == [(False,)]


def test_a_constraint_of_the_same_name_elsewhere_is_no_guard(owner):
    """Long names are cut, and may then be those of another table's."""
    name = "stray_page_id_tenant"
    ask("CREATE TABLE stray (id int, page_id int REFERENCES wagtailcore_page (id))")
    ask(f"CREATE TABLE other (id int CONSTRAINT {name} CHECK (id > 0))")
    assert any(f'"stray" ADD CONSTRAINT "{name}"' in text for text in structural())


def test_what_expires_now_is_found_by_an_index(owner):
    ask("SET LOCAL enable_seqscan = off")
    plan = "\n".join(str(line) for (line,) in ask(f"EXPLAIN {schedule.DUE}"))
    assert "wagtailcore_page_expiring" in plan
    assert "Seq Scan" not in plan
