"""What operations are pointed at, and what the owner of the tables sees of it afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from suites.models import Feature, Suite, SuiteType, SuiteTypeFeature
from tenancy.context import tenant_scope
from tenancy.models import Tenant
from tests.conftest import execute_as_owner, raise_versions

REFUSED_WITHOUT_TENANT = {"22P02", "42704", "42501"}
"""SQLSTATEs: the policies' setting is empty, or missing; the privilege is nobody's who serves."""


@dataclass(frozen=True)
class Aim:
    """Rows of one tenant, by their keys."""

    tenant: int
    types: frozenset[UUID]
    type: UUID
    property: UUID
    feature: UUID
    stay: UUID
    price: UUID
    audit: UUID
    member: UUID


def equip(tenant: Tenant) -> list[Model]:
    """Give each suite type of the tenant what can be joined; return the rows that were missing."""
    made: list[Model] = []
    with tenant_scope(tenant):
        feature = Feature.objects.filter(locale__language_code="pt-br").get(slug="hidro")
        for each in SuiteType.objects.filter(features=None):
            made.append(SuiteTypeFeature.objects.create(suite_type=each, feature=feature))
        for each in SuiteType.objects.filter(suites=None):
            made.append(Suite.objects.create(suite_type=each, number="999"))
    return made


def take_aim(tenant: Tenant) -> Aim:
    """Return a tenant's rows, after seeing to it that each suite type has what can be joined."""
    equip(tenant)
    with tenant_scope(tenant):
        feature = Feature.objects.filter(locale__language_code="pt-br").get(slug="hidro")
    target = one("SELECT id, property_id FROM suites_suitetype WHERE slug = 'loft'", tenant)
    return Aim(
        tenant=tenant.pk,
        types=frozenset(keys_in("suites_suitetype", tenant.pk)),
        type=target[0],
        property=target[1],
        feature=feature.pk,
        stay=one("SELECT id FROM suites_stay WHERE slug = '2h'", tenant, target[1])[0],
        price=one("SELECT id FROM suites_stayprice WHERE day_class = 'any'", tenant)[0],
        audit=one("SELECT id FROM tenancy_auditentry WHERE true", tenant)[0],
        member=one("SELECT id FROM tenancy_membership WHERE role = 'editor'", tenant)[0],
    )


def one(query: str, tenant: Tenant, property_id: UUID | None = None) -> tuple[UUID, ...]:
    only = f"AND property_id = '{property_id}'" if property_id else ""
    return execute_as_owner(f"{query} AND tenant_id = %s {only} ORDER BY id LIMIT 1", tenant.pk)[0]


def keys_in(table: str, tenant_id: int, key: str = "id") -> set[object]:
    """Return the keys of all the tenant's rows in a table."""
    rows = execute_as_owner(f'SELECT "{key}" FROM "{table}" WHERE tenant_id = %s', tenant_id)
    return {row[0] for row in rows}


def keys_of(model: type[Model], tenant_id: int) -> set[object]:
    """Return the keys of all the tenant's rows of a model."""
    return keys_in(model._meta.db_table, tenant_id, model._meta.pk.column)


@lru_cache
def guarded_tables() -> tuple[str, ...]:
    """Return the names of the tables that have a `tenant_id`."""
    columns = "SELECT table_name FROM information_schema.columns WHERE column_name = 'tenant_id'"
    return tuple(sorted(row[0] for row in execute_as_owner(columns)))


def checksums(tenant_id: int) -> dict[str, str]:
    """Return a digest of the tenant's rows in each table, whatever was done to them."""
    raise_versions()
    digests = (
        f"SELECT '{table}', md5(string_agg(t::text, ',' ORDER BY t::text)) "
        f'FROM "{table}" t WHERE tenant_id = {int(tenant_id)}'
        for table in guarded_tables()
    )
    return dict(execute_as_owner(" UNION ALL ".join(digests)))


def check_constraints() -> None:
    """Have the database check now what it would check at COMMIT."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def is_refusal_without_tenant(error: BaseException) -> bool:
    """Say whether a database error is the policies' own, not just any."""
    return getattr(error.__cause__ or error, "sqlstate", "") in REFUSED_WITHOUT_TENANT


def disable_row_security() -> None:
    """Take the database's wall away from every table, until the test's transaction ends."""
    check_constraints()  # nothing may be pending on a table that is altered
    execute_as_owner(
        "DO $$ DECLARE t regclass; BEGIN "
        "FOR t IN SELECT oid FROM pg_class WHERE relrowsecurity LOOP "
        "EXECUTE 'ALTER TABLE ' || t || ' DISABLE ROW LEVEL SECURITY'; END LOOP; END $$"
    )


def attempt(run: Callable[[], Any]) -> Any:
    """Run something in a savepoint, deferred constraints included, and return its result."""
    with transaction.atomic():
        result = run()
        check_constraints()
    return result
