"""What migrations do with the constraints that tenants' models declare."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from suites.models import SuiteType
from tenancy.models import Tenant
from tenancy.rls import (
    THIS_TENANT,
    AppendOnlyPolicy,
    Policies,
    SameTenant,
    TenantPolicy,
    TenantPrimaryKey,
)
from tenancy.scoped import TenantForeignKey, TenantScoped
from tests.connections import connected, settings_of

CONSTRAINTS = [
    TenantPolicy(name="p"),
    AppendOnlyPolicy(name="a"),
    TenantPrimaryKey(name="k"),
    SameTenant(name="s", field="property"),
    Policies(name="r", rules={"read": ("SELECT", "true", "")}),
]


@pytest.fixture
def editor(db: None) -> Iterator[BaseDatabaseSchemaEditor]:
    """Return the schema editor of a migration that is rolled back."""
    with connected(settings_of("owner")) as own, own.schema_editor(atomic=True) as editor:
        yield editor
        editor.deferred_sql.clear()
        own.set_rollback(True)


def ask(query: str, *params: object) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return [row[0] for row in cursor.fetchall()]


def policies(table: str) -> list[object]:
    return ask("SELECT policyname::text FROM pg_policies WHERE tablename = %s ORDER BY 1", table)


def definitions(table: str) -> list[object]:
    query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass"
    return ask(f"{query} AND contype IN ('p', 'f') ORDER BY contype, 1", table)


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda each: type(each).__name__)
def test_a_constraint_survives_its_way_into_a_migration(constraint):
    path, args, kwargs = constraint.deconstruct()
    assert path == f"tenancy.rls.{type(constraint).__name__}"
    assert type(constraint)(*args, **kwargs) == constraint
    assert hash(type(constraint)(*args, **kwargs)) == hash(constraint)
    assert "tenancy.rls" in MigrationWriter.serialize(constraint)[1].pop()


def test_constraints_differ_by_kind_and_content():
    assert TenantPolicy(name="p") != AppendOnlyPolicy(name="p")
    assert SameTenant(name="s", field="a") != SameTenant(name="s", field="b")
    assert Policies(name="r", rules={}) != Policies(name="r", rules={"a": ("SELECT", "true", "")})


def test_no_form_is_kept_by_them():
    for constraint in CONSTRAINTS:
        constraint.validate(SuiteType, SuiteType())


@isolate_apps("suites")
def test_a_new_table_comes_with_its_walls(editor):
    class Thing(TenantScoped):
        tenant = models.ForeignKey(Tenant, models.PROTECT)  # by name it is not found from here
        other = TenantForeignKey(SuiteType, models.CASCADE)

        class Meta:
            app_label = "suites"

    editor.create_model(Thing)
    for statement in editor.deferred_sql:
        editor.execute(statement, None)
    editor.deferred_sql.clear()
    assert policies("suites_thing") == ["suites_thing_tenant"]
    assert ask("SELECT relrowsecurity FROM pg_class WHERE relname = 'suites_thing'") == [True]
    assert [text for text in definitions("suites_thing") if "tenant_id, " in str(text)] == [
        "FOREIGN KEY (tenant_id, other_id) REFERENCES suites_suitetype(tenant_id, id) "
        "DEFERRABLE INITIALLY DEFERRED",
        "PRIMARY KEY (tenant_id, id)",
    ]


def test_policies_come_and_go(editor):
    table, rules = "suites_stay", {"see": ("SELECT", THIS_TENANT, "")}
    stay = SuiteType._meta.apps.get_model("suites", "Stay")
    for constraint, names in (
        (TenantPolicy(name="one"), ["one"]),
        (AppendOnlyPolicy(name="two"), ["two_add", "two_read"]),
        (Policies(name="three", rules=rules), ["three_see"]),
    ):
        editor.add_constraint(stay, constraint)
        assert policies(table) == sorted([*names, "suites_stay_tenant"])
        editor.remove_constraint(stay, constraint)
        assert policies(table) == ["suites_stay_tenant"]


def test_keys_come_and_go(editor):
    suite = SuiteType._meta.apps.get_model("suites", "SpecialDay")
    price = SuiteType._meta.apps.get_model("suites", "StayPrice")
    reference = next(c for c in price._meta.constraints if c.name.endswith("special_day_fk"))
    key = next(c for c in suite._meta.constraints if isinstance(c, TenantPrimaryKey))
    editor.remove_constraint(price, reference)
    editor.remove_constraint(suite, key)
    assert "PRIMARY KEY (id)" in definitions("suites_specialday")
    editor.add_constraint(suite, key)
    editor.add_constraint(price, reference)
    for statement in editor.deferred_sql:
        editor.execute(statement, None)
    editor.deferred_sql.clear()
    assert "PRIMARY KEY (tenant_id, id)" in definitions("suites_specialday")
    assert any(
        "(tenant_id, special_day_id)" in str(text) for text in definitions("suites_stayprice")
    )


def test_no_migration_is_missing(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
