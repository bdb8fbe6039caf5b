"""Each question of the catalogue finds what it asks about, and nothing in the database as built."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.db.transaction import atomic

from tenancy import catalog, guard
from tenancy.guard import guard_database
from tenancy.rls import THIS_TENANT
from tests.connections import connected, settings_of

LOOSE = "a unique index without tenant_id that nobody decided on"
QUESTIONS = {**catalog.EVERY_TABLE, **catalog.OPERATIONAL_TABLES, LOOSE: catalog.LOOSE_UNIQUES}

SEEDS = {
    "no row security": ["ALTER TABLE wagtailcore_site DISABLE ROW LEVEL SECURITY"],
    "no tenant_id": ["CREATE TABLE stray (id int)", "ALTER TABLE stray ENABLE ROW LEVEL SECURITY"],
    "tenant_id may be null": ["ALTER TABLE wagtailcore_site ALTER tenant_id DROP NOT NULL"],
    "a policy that is not as declared": ["ALTER POLICY tenant ON wagtailcore_site USING (true)"],
    "a declared policy that is missing": ["DROP POLICY tenant ON wagtailcore_site"],
    "a hidden column without its default": [
        "ALTER TABLE wagtailcore_site ALTER tenant_id DROP DEFAULT"
    ],
    "content that raises no version": [
        "ALTER TABLE wagtailcore_site DISABLE TRIGGER raises_content_version"
    ],
    "a view": ["CREATE VIEW seen AS SELECT * FROM wagtailcore_site"],
    "a function that runs as its owner": [
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
    ],
    "the app role is too strong": ["ALTER ROLE alcova_app CREATEDB"],
    "the app role belongs to a stronger one": ["GRANT pg_read_all_data TO alcova_app"],
    "the app or ops role owns a table": ["ALTER TABLE wagtailcore_site OWNER TO alcova_ops"],
    "a right that nobody declared": ["GRANT DELETE ON tenancy_user TO alcova_app"],
    "the app role may create": ["GRANT CREATE ON SCHEMA public TO alcova_app"],
    "the ops role may log in as superuser": ["ALTER ROLE alcova_ops SUPERUSER"],
    "a key or unique index without tenant_id": ["CREATE UNIQUE INDEX ON tenancy_auditentry (id)"],
    "an index that does not begin with tenant_id": ["CREATE INDEX ON tenancy_auditentry (action)"],
    "a foreign key that leaves the tenant": [
        "ALTER TABLE tenancy_auditentry ADD other bigint REFERENCES tenancy_tenant"
    ],
    "a foreign key to an editorial table": [
        "ALTER TABLE tenancy_auditentry ADD stay uuid",
        "ALTER TABLE tenancy_auditentry "
        "ADD FOREIGN KEY (tenant_id, stay) REFERENCES suites_stay (tenant_id, id)",
    ],
    "an identity or serial column": [
        "ALTER TABLE tenancy_auditentry ADD n int GENERATED ALWAYS AS IDENTITY"
    ],
    "a trigger": [
        "CREATE TRIGGER t BEFORE UPDATE ON tenancy_auditentry "
        "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ],
    "a policy with a sub-select": [
        "ALTER POLICY tenancy_auditentry_tenant_read ON tenancy_auditentry "
        "USING (tenant_id = (SELECT current_setting('app.tenant_id')::bigint))"
    ],
    "a reference without its tenant": [
        "ALTER TABLE suites_suite DROP CONSTRAINT suites_suite_suite_type_fk"
    ],
    LOOSE: ["CREATE UNIQUE INDEX ON wagtailcore_site (id, hostname)"],
}
"""What a mistake would do to the database, for each question."""

ALSO = {
    "no tenant_id": {"a declared policy that is missing", "content that raises no version"},
    "a key or unique index without tenant_id": {
        "an index that does not begin with tenant_id",
        LOOSE,
    },
    "a policy with a sub-select": {"a policy that is not as declared"},
}
"""Other questions that the same mistake cannot but answer."""

WIDE_POLICIES = [
    "USING (true) WITH CHECK (true)",
    f"USING ({THIS_TENANT}) WITH CHECK (true)",
    f"USING ({THIS_TENANT} OR tenant_id = 0)",
    "USING (tenant_id IS NOT NULL)",
    "USING (tenant_id = current_setting('app.tenant')::bigint)",
    "USING (tenant_id >= current_setting('app.tenant_id')::bigint)",
]


@pytest.fixture
def superuser(db: None) -> Iterator[None]:
    """Be the cluster's superuser, in a transaction that is rolled back."""
    with connected(settings_of("owner", USER="postgres")) as connection:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            pytest.skip(f"Nobody may log in as the superuser here: {error}")
        with atomic():
            yield
            connection.set_rollback(True)


def execute(*statements: str) -> None:
    with catalog.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def answered() -> set[str]:
    return {answer.question for answer in catalog.answers()}


def test_the_database_as_built_answers_nothing(db):
    assert catalog.answers() == []


def test_every_question_has_a_seed():
    assert SEEDS.keys() == QUESTIONS.keys()


@pytest.mark.parametrize("question", SEEDS)
def test_a_seeded_mistake_is_found(superuser, question):
    execute(*SEEDS[question])
    assert answered() == {question} | ALSO.get(question, set())


@pytest.mark.parametrize("rule", WIDE_POLICIES)
def test_a_policy_that_is_too_wide_is_found(superuser, rule):
    execute(
        "DROP POLICY tenant ON wagtailcore_page", f"CREATE POLICY tenant ON wagtailcore_page {rule}"
    )
    assert answered() == {"a policy that is not as declared"}


def test_an_answer_names_the_table(superuser):
    execute("ALTER TABLE wagtailcore_site DISABLE ROW LEVEL SECURITY")
    assert [answer.found for answer in catalog.answers()] == ["wagtailcore_site"]


TENANT_IS_SET = "current_setting('app.tenant_id') IS NOT NULL"


@pytest.mark.parametrize(
    "statement",
    [
        f"ALTER POLICY tenancy_user_member ON tenancy_user USING ({TENANT_IS_SET})",
        f"ALTER POLICY tenancy_user_change ON tenancy_user WITH CHECK ({TENANT_IS_SET})",
        f"ALTER POLICY tenancy_tenant_own ON tenancy_tenant USING ({TENANT_IS_SET})",
        f"ALTER POLICY tenancy_domain_change ON tenancy_domain USING ({TENANT_IS_SET})",
        "ALTER POLICY member ON wagtailusers_userprofile USING (true)",
        "ALTER POLICY tenant ON wagtailcore_site TO alcova_app",
        "ALTER POLICY tenant ON wagtailcore_site RENAME TO other",
        "CREATE POLICY another ON tenancy_tenant FOR SELECT USING (true)",
        f"CREATE POLICY second ON wagtailcore_site USING ({THIS_TENANT})",
        "COMMENT ON POLICY tenant ON wagtailcore_site IS NULL",
    ],
)
def test_a_policy_that_is_not_the_declared_one_is_found(superuser, statement):
    execute(statement)
    assert "a policy that is not as declared" in answered()


def test_a_declaration_that_was_never_applied_is_found(db, monkeypatch):
    monkeypatch.setitem(guard.MEMBER_TABLES, "wagtailusers_userprofile", "id")
    assert answered() == {"a policy that is not as declared"}


COMPOSITE = """
    SELECT conrelid::regclass, conname FROM pg_constraint
    WHERE contype = 'f' AND pg_get_constraintdef(oid) LIKE 'FOREIGN KEY (tenant_id, %'
"""


def test_every_reference_that_loses_its_tenant_is_found(superuser):
    with catalog.connection.cursor() as cursor:
        cursor.execute(COMPOSITE)
        composite = cursor.fetchall()
        for table, name in composite:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    found = [each for each in catalog.answers() if each.question.startswith("a reference")]
    assert len(found) == len(composite) > 40


def test_a_reference_that_holds_for_new_rows_only_is_found(superuser):
    name = "suites_suite_suite_type_fk"
    with catalog.connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name]
        )
        definition = cursor.fetchone()[0]
    execute(
        f"ALTER TABLE suites_suite DROP CONSTRAINT {name}",
        f"ALTER TABLE suites_suite ADD CONSTRAINT {name} {definition} NOT VALID",
    )
    assert answered() == {"a reference without its tenant"}


@pytest.mark.parametrize(
    "grant",
    [
        "TRUNCATE ON wagtailcore_site TO alcova_app",
        "INSERT ON django_content_type TO alcova_app",
        "DELETE ON tenancy_auditentry TO alcova_app",
        "UPDATE (is_superuser) ON tenancy_user TO alcova_app",
        "SELECT ON wagtailcore_site TO alcova_app WITH GRANT OPTION",
        "DELETE ON tenancy_tenant TO alcova_ops",
        "SELECT ON wagtailcore_site TO alcova_ops",
        "SELECT ON tenancy_user TO PUBLIC",
        "SELECT (password) ON tenancy_user TO PUBLIC",
        "UPDATE ON SEQUENCE wagtailcore_site_id_seq TO alcova_app",
    ],
)
def test_a_right_beyond_the_declared_ones_is_found_and_taken_back(superuser, grant):
    execute(f"GRANT {grant}")
    assert answered() == {"a right that nobody declared"}
    guard_database()
    assert answered() == set()


def test_rights_on_tables_to_come_are_found(superuser):
    execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC")
    assert answered() == {"a right that nobody declared"}


def test_the_guard_puts_back_a_policy_that_was_widened(superuser):
    execute(f"ALTER POLICY tenancy_user_member ON tenancy_user USING ({TENANT_IS_SET})")
    guard_database()
    assert answered() == set()


@pytest.mark.parametrize("kind", ["MATERIALIZED VIEW", "VIEW"])
def test_views_of_either_kind_are_found(superuser, kind):
    execute(f"CREATE {kind} seen AS SELECT * FROM suites_suitetype")
    assert answered() == {"a view"}


def test_decisions_about_unique_indexes_are_about_indexes_that_exist(superuser, monkeypatch):
    """Without the list, exactly what is on it is found."""
    monkeypatch.setattr(catalog, "ACCEPTED_UNIQUES", {})
    found = {answer.found.split(" (")[1].rstrip(")") for answer in catalog.answers()}
    monkeypatch.undo()
    assert found == {columns for _table, columns in catalog.ACCEPTED_UNIQUES}


def test_the_guard_mends_a_table_that_a_package_brings(superuser):
    execute("CREATE TABLE stray (id int)", "ALTER TABLE stray OWNER TO alcova_owner")
    assert "no row security" in answered()
    guard_database()
    assert answered() == set()
