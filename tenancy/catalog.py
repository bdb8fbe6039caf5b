"""Questions to pg_catalog whose answers must be empty: what is unguarded, or too strong.

The first group is about every table, the second about operational ones, which must also be fit
to be partitioned and distributed by `tenant_id`. `answers()` is run by a system check, in CI and
by operators after an upgrade.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from tenancy.guard import (
    APP_ROLE,
    MEMBER_TABLES,
    OPS_ROLE,
    SESSIONS,
    SHARED,
    is_append_only,
    own_models,
)
from tenancy.models import User
from tenancy.rls import Policies
from tenancy.scoped import TenantScoped

NOT_BY_COLUMN = {*SHARED, SESSIONS, *MEMBER_TABLES, "tenancy_tenant", "tenancy_user"}
"""Tables whose rule is not `tenant_id = …`; each has its reason in tenancy.guard or its model."""

RANDOM = "a random key: it cannot be guessed, and does not collide"
ONE_OBJECT = "the key of one tenant's object, and random or given out by one sequence for all"
TREE = "every path below a tenant's root begins with the root's; roots are the ops role's to add"

ACCEPTED_UNIQUES = {
    ("tenancy_domain", "host"): "a verified host is one motel's in the whole internet",
    ("wagtailsearch_indexentry", "content_type_id,object_id"): ONE_OBJECT,
    ("wagtail_localize_translatableobject", "content_type_id,translation_key"): RANDOM,
    ("suites_feature", "locale_id,translation_key"): RANDOM,
    ("suites_inclusion", "locale_id,translation_key"): RANDOM,
    ("wagtail_localize_translation", "uuid"): RANDOM,
    ("wagtailcore_apitoken", "key_hash"): RANDOM,
    ("wagtailcore_collection", "path"): TREE,
    ("wagtailcore_page", "path"): TREE,
    ("wagtailcore_page", "locale_id,translation_key"): RANDOM,
    (
        "wagtailcore_referenceindex",
        "base_content_type_id,content_path_hash,object_id,to_content_type_id,to_object_id",
    ): ONE_OBJECT,
    ("wagtailredirects_redirect", "old_path,site_id"): ONE_OBJECT,
    ("wagtailcore_workflowstate", "base_content_type_id,object_id"): ONE_OBJECT,
}
"""Unique indexes on guarded tables without `tenant_id` that stay so, each with its reason."""

PUBLIC = "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'"
TABLES = f"SELECT c.oid, c.relname FROM pg_class c {PUBLIC} WHERE c.relkind IN ('r', 'p')"
TENANT_ID = "a.attname = 'tenant_id' AND NOT a.attisdropped"
BY_COLUMN = f"SELECT * FROM ({TABLES}) t WHERE NOT t.relname = ANY(%(not_by_column)s)"

EVERY_TABLE = {
    "no row security": f"SELECT c.relname FROM pg_class c JOIN ({TABLES}) t ON t.oid = c.oid "
    "WHERE NOT c.relrowsecurity AND NOT c.relname = ANY(%(shared)s)",
    "no tenant_id": f"SELECT relname FROM ({BY_COLUMN}) b WHERE NOT EXISTS "
    f"(SELECT 1 FROM pg_attribute a WHERE a.attrelid = b.oid AND {TENANT_ID})",
    "tenant_id may be null": f"SELECT relname FROM ({BY_COLUMN}) b JOIN pg_attribute a "
    f"ON a.attrelid = b.oid AND {TENANT_ID} WHERE NOT a.attnotnull",
    "a policy that lets other tenants' rows through": "SELECT p.polrelid::regclass || '.' || "
    f"p.polname FROM pg_policy p JOIN ({BY_COLUMN}) b ON b.oid = p.polrelid "
    "WHERE b.relname <> 'tenancy_domain' AND coalesce(nullif(concat_ws(' AND ', "
    "pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)), ''), '?') "
    "!~ '^(\\(tenant_id = \\(current_setting\\(''app.tenant_id''::text\\)\\)::bigint\\)"
    "( AND )?)+$'",
    "row security without a policy": f"SELECT relname FROM ({BY_COLUMN}) b "
    "WHERE NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = b.oid)",
    "a policy only for some": "SELECT polrelid::regclass || '.' || polname FROM pg_policy "
    "WHERE polroles <> '{0}'",
    "a policy that widens another": f"SELECT b.relname FROM ({BY_COLUMN}) b JOIN pg_policy p "
    "ON p.polrelid = b.oid GROUP BY b.relname, p.polcmd HAVING count(*) > 1",
    "a rule of its own that is not as declared": "SELECT polrelid::regclass || '.' || polname "
    "FROM pg_policy WHERE polrelid::regclass::text = ANY(%(own_rules)s) AND (NOT polname = "
    "ANY(%(declared)s) OR polname <> 'tenancy_domain_map' AND concat(pg_get_expr(polqual, "
    "polrelid), pg_get_expr(polwithcheck, polrelid)) !~ '^((?!true).)*app.tenant_id((?!true).)*$')",
    "a hidden column without its default": f"SELECT b.relname FROM ({BY_COLUMN}) b "
    f"JOIN pg_attribute a ON a.attrelid = b.oid AND {TENANT_ID} LEFT JOIN pg_attrdef d "
    "ON d.adrelid = b.oid AND d.adnum = a.attnum WHERE NOT b.relname = ANY(%(ours)s) "
    "AND coalesce(pg_get_expr(d.adbin, d.adrelid), '') !~ 'app.tenant_id'",
    "a view": f"SELECT c.relname FROM pg_class c {PUBLIC} WHERE c.relkind IN ('v', 'm', 'f')",
    "a function that runs as its owner": "SELECT p.proname FROM pg_proc p JOIN pg_namespace n "
    "ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.prosecdef",
    "the app role is too strong": "SELECT rolname FROM pg_roles WHERE rolname = %(app)s "
    "AND (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication)",
    "the app role belongs to a stronger one": "SELECT r.rolname FROM pg_auth_members m "
    "JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles a ON a.oid = m.member "
    "WHERE a.rolname = %(app)s",
    "the app or ops role owns a table": f"SELECT c.relname FROM pg_class c {PUBLIC} "
    "WHERE pg_get_userbyid(c.relowner) IN (%(app)s, %(ops)s)",
    "the app role may do more than rows": f"SELECT t.relname FROM ({TABLES}) t "
    "WHERE has_table_privilege(%(app)s, t.oid, 'TRUNCATE, REFERENCES, TRIGGER')",
    "the app role may write shared tables": f"SELECT t.relname FROM ({TABLES}) t "
    "WHERE t.relname = ANY(%(read_only)s) AND (has_table_privilege(%(app)s, t.oid, 'DELETE') "
    "OR has_any_column_privilege(%(app)s, t.oid, 'INSERT, UPDATE'))",
    "the app role may change what is only added to": f"SELECT t.relname FROM ({TABLES}) t "
    "WHERE t.relname = ANY(%(append_only)s) AND (has_table_privilege(%(app)s, t.oid, 'DELETE') "
    "OR has_any_column_privilege(%(app)s, t.oid, 'UPDATE'))",
    "the app role may change more of people than is theirs": "SELECT a.attname "
    "FROM pg_attribute a WHERE a.attrelid = 'tenancy_user'::regclass AND a.attnum > 0 "
    "AND NOT a.attisdropped AND (has_column_privilege(%(app)s, a.attrelid, a.attnum, 'INSERT') "
    "OR has_column_privilege(%(app)s, a.attrelid, a.attnum, 'UPDATE') "
    "AND NOT a.attname = ANY(%(writable)s))",
    "the app role may create": "SELECT 'public' WHERE has_schema_privilege(%(app)s, 'public', "
    "'CREATE')",
    "the ops role may log in as superuser": "SELECT rolname FROM pg_roles "
    "WHERE rolname = %(ops)s AND rolsuper",
}

ON_OPERATIONAL = (
    f"SELECT t.oid, t.relname, a.attnum FROM ({TABLES}) t JOIN pg_attribute a "
    f"ON a.attrelid = t.oid AND {TENANT_ID} WHERE t.relname = ANY(%(operational)s)"
)

OPERATIONAL_TABLES = {
    "a key or unique index without tenant_id": "SELECT i.indexrelid::regclass::text "
    f"FROM pg_index i JOIN ({ON_OPERATIONAL}) o ON o.oid = i.indrelid "
    "WHERE i.indisunique AND NOT o.attnum = ANY(i.indkey)",
    "an index that does not begin with tenant_id": "SELECT i.indexrelid::regclass::text "
    f"FROM pg_index i JOIN ({ON_OPERATIONAL}) o ON o.oid = i.indrelid "
    "WHERE i.indkey[0] <> o.attnum",
    "a foreign key that leaves the tenant": "SELECT k.conrelid::regclass || '.' || k.conname "
    f"FROM pg_constraint k JOIN ({ON_OPERATIONAL}) o ON o.oid = k.conrelid "
    "WHERE k.contype = 'f' AND NOT o.attnum = ANY(k.conkey) ",
    "a foreign key to an editorial table": "SELECT k.conrelid::regclass || '.' || k.conname "
    f"FROM pg_constraint k JOIN ({ON_OPERATIONAL}) o ON o.oid = k.conrelid "
    "WHERE k.contype = 'f' AND NOT k.confrelid::regclass::text = ANY(%(operational)s) "
    "AND k.confrelid::regclass::text <> 'tenancy_tenant'",
    "an identity or serial column": f"SELECT o.relname || '.' || a.attname FROM ({ON_OPERATIONAL}) "
    "o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "WHERE a.attidentity <> '' "
    "OR pg_get_serial_sequence(o.oid::regclass::text, a.attname) IS NOT NULL",
    "a trigger": "SELECT g.tgrelid::regclass || '.' || g.tgname FROM pg_trigger g "
    f"JOIN ({ON_OPERATIONAL}) o ON o.oid = g.tgrelid WHERE NOT g.tgisinternal",
    "a policy with a sub-select": "SELECT p.polrelid::regclass || '.' || p.polname "
    f"FROM pg_policy p JOIN ({ON_OPERATIONAL}) o ON o.oid = p.polrelid "
    "WHERE coalesce(pg_get_expr(p.polqual, p.polrelid), '') "
    "|| coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') ~* 'select'",
}

LOOSE_UNIQUES = f"""
    SELECT b.relname, i.indexrelid::regclass::text,
           string_agg(a.attname::text, ',' ORDER BY a.attname)
    FROM pg_index i JOIN ({BY_COLUMN}) b ON b.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = b.oid AND a.attnum = ANY(i.indkey)
    WHERE i.indisunique AND NOT i.indisprimary
    AND NOT EXISTS (SELECT 1 FROM pg_constraint k
        WHERE k.conrelid = b.oid AND k.contype = 'f' AND k.conkey && i.indkey::int2[]
        AND k.confrelid IN (SELECT oid FROM ({BY_COLUMN}) g))
    GROUP BY 1, 2, i.indexrelid HAVING NOT bool_or(a.attname = 'tenant_id')
"""


@dataclass(frozen=True)
class Answer:
    """What is wrong, and where."""

    question: str
    found: str


def operational_tables() -> list[str]:
    """Return the tables of models that say they are operational."""
    models = (m for m in apps.get_models() if issubclass(m, TenantScoped) and m.is_operational)
    return sorted(model._meta.db_table for model in models)


def declared_policies() -> list[str]:
    """Return the names of the policies that models with rules of their own declare."""
    rules = (c for m in own_models() for c in m._meta.constraints if isinstance(c, Policies))
    return [f"{each.name}_{suffix}" for each in rules for suffix in each.rules]


def answers() -> list[Answer]:
    """Ask everything of the database at hand; an empty list means that all is guarded."""
    params: dict[str, Any] = {
        "app": APP_ROLE,
        "ops": OPS_ROLE,
        "not_by_column": sorted(NOT_BY_COLUMN),
        "shared": sorted({*SHARED, SESSIONS}),
        "read_only": sorted({*SHARED, "tenancy_tenant"}),
        "operational": operational_tables(),
        "own_rules": sorted({"tenancy_domain", "tenancy_tenant", "tenancy_user", *MEMBER_TABLES}),
        "declared": ["member", *declared_policies()],
        "ours": [model._meta.db_table for model in own_models()],
        "append_only": [m._meta.db_table for m in own_models() if is_append_only(m)],
        "writable": list(User.WRITABLE),
    }
    found = []
    with connection.cursor() as cursor:
        for question, query in {**EVERY_TABLE, **OPERATIONAL_TABLES}.items():
            cursor.execute(query, params)
            found += [Answer(question, str(row[0])) for row in cursor.fetchall()]
        cursor.execute(LOOSE_UNIQUES, params)
        found += [
            Answer("a unique index without tenant_id that nobody decided on", f"{index} ({names})")
            for table, index, names in cursor.fetchall()
            if (table, names) not in ACCEPTED_UNIQUES
        ]
    return found
