"""Guards every table that Django's models do not declare as a tenant's.

Third-party tables (Wagtail's pages, revisions, logs, wagtail-localize's strings …) get a
column that Django does not know: it names its columns in every statement, so their models
never notice, and the column's default stamps each row with the tenant in scope. The step runs
after every `migrate`, as the owner, and changes only what is not yet so; a new package is
guarded on the day on which it is installed.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tenancy import content, policies
from tenancy.models import Tenant, User
from tenancy.rls import IN_SCOPE, THIS_TENANT, Policy, RowSecurity
from tenancy.scoped import TenantRelation, TenantScoped

APP_ROLE = "alcova_app"
OPS_ROLE = "alcova_ops"

SHARED = {
    "django_migrations": "the schema's own history; nobody who serves writes it",
    "django_content_type": "names of models, the same for everybody",
    "auth_permission": "names of permissions, the same for everybody",
    "wagtailcore_locale": "the platform's languages, the same for everybody",
}
"""Tables that everybody reads and only the owner writes, each with its reason."""

SESSIONS = "django_session"
"""Shared and writable: a session is looked up by its key, and carries its tenant inside."""

MEMBER_TABLES = {"wagtailusers_userprofile": "user_id"}
"""Tables that belong to a person, visible where the person is a member: {table: column}."""

REBUILT_UNIQUES: dict[str, list[tuple[str, ...]]] = {
    "auth_group": [("name",)],
    "taggit_tag": [("name",), ("slug",)],
    "wagtailembeds_embed": [("hash",)],
    "tenancy_user_user_permissions": [("user_id", "permission_id")],
    "wagtail_localize_localesynchronization": [("locale_id",)],
    "wagtail_localize_string": [("locale_id", "data_hash")],
    "wagtail_localize_template": [("uuid",)],
    "wagtailcore_site": [("hostname", "port")],
}
"""Unique values that people choose, or that follow from texts: unique per tenant instead."""

REFERENCED = (
    "auth_group",
    "theme_sitedocument",
    "theme_siteimage",
    "wagtailcore_collection",
    "wagtailcore_page",
    "wagtailcore_site",
)
"""Targets of foreign keys for which a reference into another tenant would matter."""


def guard_database(using: str = "default", **kwargs: Any) -> None:
    """Bring every table under the walls, then grant what the roles may do. Idempotent.

    In one transaction: those who are being served meanwhile never lack a right.
    """
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in statements(connection):
            cursor.execute(statement)
        policies.restore(connection, declared_policies(_tables(connection)))


def statements(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield, in order, the statements that this database still needs."""
    tables = _tables(connection)
    for table in _hidden(tables):
        yield from _hidden_column(connection, table)
    for table, uniques in REBUILT_UNIQUES.items():
        for columns in uniques:
            yield from _rebuilt_unique(connection, table, columns)
    for table in REFERENCED:
        yield from _referenced(connection, table)
    yield from _page_relations(connection)
    for table, column in MEMBER_TABLES.items():
        yield from _member_policy(connection, table, column)
    yield from _expiry_index(connection)
    yield from _versions(connection, tables)
    yield from _grants(tables)


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    names: list[str] = connection.introspection.table_names()
    return set(names)


def _hidden(tables: set[str]) -> list[str]:
    """Return the tables whose tenant Django does not know."""
    ours = {model._meta.db_table for model in own_models()}
    return sorted(tables - ours - SHARED.keys() - MEMBER_TABLES.keys() - {SESSIONS})


def content_tables(tables: set[str]) -> list[str]:
    """Return the tables whose rows guests' pages show: all that nobody says otherwise of."""
    own = [m._meta.db_table for m in own_models() if not getattr(m, "is_operational", False)]
    return sorted({*_hidden(tables), *own} - content.NOT_CONTENT.keys())


def declared_policies(tables: set[str]) -> dict[str, list[Policy]]:
    """Return what each of the tables must have, and nothing else."""
    declared = {
        table: [Policy("tenant", "ALL", THIS_TENANT, THIS_TENANT)] for table in _hidden(tables)
    }
    for table, column in MEMBER_TABLES.items():
        rule = _is_member(table, column)
        declared[table] = [Policy("member", "ALL", rule, rule)]
    for model in own_models():
        rules = [each for each in model._meta.constraints if isinstance(each, RowSecurity)]
        declared[model._meta.db_table] = [policy for each in rules for policy in each.policies()]
    return declared


def own_models() -> list[type[Any]]:
    """Return the models that declare their own walls in migrations."""
    scoped = [model for model in apps.get_models() if issubclass(model, TenantScoped)]
    return [Tenant, User, *scoped]


def _ask(connection: BaseDatabaseWrapper, question: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, params)
        return cursor.fetchall()


def _hidden_column(connection: BaseDatabaseWrapper, table: str) -> Iterator[str]:
    guarded = "SELECT 1 FROM pg_policy WHERE polrelid = to_regclass(%s) AND polname = 'tenant'"
    if _ask(connection, guarded, f'"{table}"'):
        return
    yield f'ALTER TABLE "{table}" ADD COLUMN IF NOT EXISTS tenant_id bigint'
    yield f'UPDATE "{table}" SET tenant_id = 0 WHERE tenant_id IS NULL'
    yield (
        f'ALTER TABLE "{table}" ALTER COLUMN tenant_id SET DEFAULT {IN_SCOPE}, '
        "ALTER COLUMN tenant_id SET NOT NULL"
    )
    yield f'CREATE INDEX ON "{table}" (tenant_id)'
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'CREATE POLICY tenant ON "{table}" USING ({THIS_TENANT}) WITH CHECK ({THIS_TENANT})'


def _rebuilt_unique(
    connection: BaseDatabaseWrapper, table: str, columns: tuple[str, ...]
) -> Iterator[str]:
    """Put `tenant_id` first, under the constraint's own name, so that migrations still find it."""
    found = _ask(
        connection,
        "SELECT c.conname FROM pg_constraint c WHERE c.conrelid = to_regclass(%s) "
        "AND c.contype = 'u' AND %s = (SELECT array_agg(a.attname::text ORDER BY a.attname) "
        "FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey))",
        f'"{table}"',
        sorted(columns),
    )
    names = ", ".join(f'"{column}"' for column in columns)
    for (name,) in found:
        yield (
            f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}", '
            f'ADD CONSTRAINT "{name}" UNIQUE (tenant_id, {names})'
        )


def _referenced(connection: BaseDatabaseWrapper, target: str) -> Iterator[str]:
    """Make every foreign key to `target` also one of (tenant_id, …): RI checks ignore policies."""
    key = f"{target}_tenant_key"
    if not _ask(connection, "SELECT 1 FROM pg_constraint WHERE conname = %s", key):
        yield f'ALTER TABLE "{target}" ADD CONSTRAINT "{key}" UNIQUE (tenant_id, id)'
    foreign_keys = _ask(
        connection,
        "SELECT c.relname, a.attname, f.attname FROM pg_constraint k "
        "JOIN pg_class c ON c.oid = k.conrelid "
        "JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] "
        "JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[1] "
        "WHERE k.contype = 'f' AND k.confrelid = to_regclass(%s) AND cardinality(k.conkey) = 1 "
        "AND f.attname = 'id' ORDER BY 1, 2",
        f'"{target}"',
    )
    for table, column, _id in foreign_keys:
        yield from _composite(connection, table, column, target)


def _page_relations(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Constrain the `TenantRelation`s of models that are not `TenantScoped`: pages, settings."""
    for model in apps.get_models():
        if issubclass(model, TenantScoped):
            continue
        for field in model._meta.local_fields:
            if isinstance(field, TenantRelation):
                relation: Any = field
                target = relation.related_model._meta.db_table
                yield from _composite(connection, model._meta.db_table, relation.column, target)


def _composite(
    connection: BaseDatabaseWrapper, table: str, column: str, target: str
) -> Iterator[str]:
    name = f"{table[:30]}_{column[:22]}_tenant"
    known = "SELECT 1 FROM pg_constraint WHERE conname = %s AND conrelid = to_regclass(%s)"
    if _ask(connection, known, name, f'"{table}"'):
        return
    yield (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (tenant_id, "{column}") '
        f'REFERENCES "{target}" (tenant_id, id) DEFERRABLE INITIALLY DEFERRED'
    )


def _expiry_index(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Let `tenancy.schedule` find what expires without reading all tenants' pages."""
    name = "wagtailcore_page_expiring"
    if not _ask(connection, "SELECT 1 WHERE to_regclass(%s) IS NOT NULL", name):
        yield (f"CREATE INDEX {name} ON wagtailcore_page (expire_at) WHERE expire_at IS NOT NULL")


def _versions(connection: BaseDatabaseWrapper, tables: set[str]) -> Iterator[str]:
    """Have each change of content raise its tenant's version."""
    if "tenancy_contentversion" not in tables:
        return  # a migration from before it
    function = "SELECT 1 FROM pg_proc WHERE proname = 'raise_content_version' AND prosrc = %s"
    if not _ask(connection, function, content.FUNCTION):
        yield content.CREATE_FUNCTION
    known = "SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgname = %s"
    for table in content_tables(tables):
        if not _ask(connection, known, f'"{table}"', content.TRIGGER):
            with connection.cursor() as cursor:
                columns = connection.introspection.get_table_description(cursor, table)
            yield content.create_trigger(table, [column.name for column in columns])


def _is_member(table: str, column: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM tenancy_membership m "
        f'WHERE m.user_id = "{table}"."{column}" AND m.tenant_id = {IN_SCOPE})'
    )


def _member_policy(connection: BaseDatabaseWrapper, table: str, column: str) -> Iterator[str]:
    guarded = "SELECT 1 FROM pg_policy WHERE polrelid = to_regclass(%s) AND polname = 'member'"
    if _ask(connection, guarded, f'"{table}"'):
        return
    rule = _is_member(table, column)
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield Policy("member", "ALL", rule, rule).create(f'"{table}"')


def _grants(tables: set[str]) -> Iterator[str]:
    """Take every right away, and give those that are declared."""
    yield f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}, {OPS_ROLE}"
    for kind in ("TABLES", "SEQUENCES"):
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {APP_ROLE}, {OPS_ROLE}, PUBLIC"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}"
    grouped: dict[tuple[str, str], list[str]] = {}
    for role, table, right in declared_rights(tables):
        grouped.setdefault((role, right), []).append(f'"{table}"')
    for (role, right), found in grouped.items():
        yield f"GRANT {right} ON {', '.join(found)} TO {role}"


def declared_rights(tables: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what each role may do, as (role, table, right): the app role rows, ops also people."""
    append_only = {m._meta.db_table for m in own_models() if is_append_only(m)}
    fixed = {*SHARED, "tenancy_tenant", "tenancy_user"}
    for table in sorted(tables):
        writes = () if table in fixed else ("INSERT", "UPDATE", "DELETE")
        for right in ("SELECT", *(writes[:1] if table in append_only else writes)):
            yield APP_ROLE, table, right
    for column in User.WRITABLE:
        yield APP_ROLE, "tenancy_user", f"UPDATE ({column})"
    for table in ("tenancy_tenant", "tenancy_user"):
        for right in ("INSERT", "UPDATE"):
            yield OPS_ROLE, table, right


def is_append_only(model: type[Any]) -> bool:
    """Say whether rows of the model are only ever added."""
    return getattr(getattr(model, "policy", None), "__name__", "") == "AppendOnlyPolicy"
