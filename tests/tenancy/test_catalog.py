"""Each question of the catalogue finds what it asks about, and nothing in the database as built."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.db.transaction import atomic

from tenancy import catalog
from tenancy.guard import guard_database
from tenancy.rls import THIS_TENANT
from tests.connections import connected, settings_of

LOOSE = "a unique index without tenant_id that nobody decided on"
QUESTIONS = {**catalog.EVERY_TABLE, **catalog.OPERATIONAL_TABLES, LOOSE: catalog.LOOSE_UNIQUES}

SEEDS = {
    "no row security": ["ALTER TABLE wagtailcore_site DISABLE ROW LEVEL SECURITY"],
    "no tenant_id": ["CREATE TABLE stray (id int)", "ALTER TABLE stray ENABLE ROW LEVEL SECURITY"],
    "tenant_id may be null": ["ALTER TABLE wagtailcore_site ALTER tenant_id DROP NOT NULL"],
    "a policy that lets other tenants' rows through": [
        "ALTER POLICY tenant ON wagtailcore_site USING (true)"
    ],
    "row security without a policy": ["DROP POLICY tenant ON wagtailcore_site"],
    "a policy only for some": ["ALTER POLICY tenant ON wagtailcore_site TO alcova_app"],
    "a policy that widens another": [
        f"CREATE POLICY second ON wagtailcore_site USING ({THIS_TENANT})"
    ],
    "a rule of its own that is not as declared": [
        "ALTER POLICY tenancy_tenant_own ON tenancy_tenant USING (true)"
    ],
    "a hidden column without its default": [
        "ALTER TABLE wagtailcore_site ALTER tenant_id DROP DEFAULT"
    ],
    "a view": ["CREATE VIEW seen AS SELECT * FROM wagtailcore_site"],
    "a function that runs as its owner": [
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
    ],
    "the app role is too strong": ["ALTER ROLE alcova_app CREATEDB"],
    "the app role belongs to a stronger one": ["GRANT pg_read_all_data TO alcova_app"],
    "the app or ops role owns a table": ["ALTER TABLE wagtailcore_site OWNER TO alcova_ops"],
    "the app role may do more than rows": ["GRANT TRUNCATE ON wagtailcore_site TO alcova_app"],
    "the app role may write shared tables": ["GRANT INSERT ON django_content_type TO alcova_app"],
    "the app role may change what is only added to": [
        "GRANT DELETE ON tenancy_auditentry TO alcova_app"
    ],
    "the app role may change more of people than is theirs": [
        "GRANT UPDATE (is_superuser) ON tenancy_user TO alcova_app"
    ],
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
    LOOSE: ["CREATE UNIQUE INDEX ON wagtailcore_site (id, hostname)"],
}
"""What a mistake would do to the database, for each question."""

ALSO = {
    "no tenant_id": {"row security without a policy"},
    "a key or unique index without tenant_id": {
        "an index that does not begin with tenant_id",
        LOOSE,
    },
    "a policy with a sub-select": {"a policy that lets other tenants' rows through"},
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
    assert answered() == {"a policy that lets other tenants' rows through"}


def test_an_answer_names_the_table(superuser):
    execute("ALTER TABLE wagtailcore_site DISABLE ROW LEVEL SECURITY")
    assert [answer.found for answer in catalog.answers()] == ["wagtailcore_site"]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER POLICY tenancy_user_member ON tenancy_user USING (true)",
        "ALTER POLICY tenancy_domain_change ON tenancy_domain USING (true)",
        "ALTER POLICY member ON wagtailusers_userprofile USING (true)",
        "CREATE POLICY another ON tenancy_tenant FOR SELECT USING (true)",
    ],
)
def test_a_widened_rule_of_its_own_is_found(superuser, statement):
    execute(statement)
    assert "a rule of its own that is not as declared" in answered()


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
