"""Questions to pg_catalog whose answers must be empty: what is unguarded, or too strong.

The first group is about every table, the second about operational ones, which must also be fit
to be partitioned and distributed by `tenant_id`. `answers()` is run by a system check, in CI and
by operators after an upgrade.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from tenancy import content, policies
from tenancy.guard import (
    APP_ROLE,
    MEMBER_TABLES,
    OPS_ROLE,
    REFERENCED,
    SESSIONS,
    SHARED,
    content_tables,
    declared_policies,
    declared_rights,
    own_models,
)
from tenancy.scoped import TenantRelation, TenantScoped

NOT_BY_COLUMN = {*SHARED, SESSIONS, *MEMBER_TABLES, "tenancy_tenant", "tenancy_user"}
"""Tables whose rule is not `tenant_id = …`; each has its reason in tenancy.guard or its model."""

RANDOM = "a random key: it cannot be guessed, and does not collide"
ONE_OBJECT = "the key of one tenant's object, and random or given out by one sequence for all"
TREE = "every path below a tenant's root begins with the root's; roots are the ops role's to add"

ACCEPTED_UNIQUES = {
    ("tenancy_domain", "host"): "a verified host is one property's in the whole internet",
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
    ("wagtailcore_workflowstate", "base_content_type_id,object_id"): ONE_OBJECT,
}
"""Unique indexes on guarded tables without `tenant_id` that stay so, each with its reason."""

PUBLIC = "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'"
TABLES = f"SELECT c.oid, c.relname FROM pg_class c {PUBLIC} WHERE c.relkind IN ('r', 'p')"
TENANT_ID = "a.attname = 'tenant_id' AND NOT a.attisdropped"
BY_COLUMN = f"SELECT * FROM ({TABLES}) t WHERE NOT t.relname = ANY(%(not_by_column)s)"

GRANTEE = "coalesce(nullif(x.grantee, 0)::regrole::text, 'public')"
RIGHTS = f"""
    SELECT c.relname::text AS object, {GRANTEE} AS role, x.privilege_type AS privilege,
        x.is_grantable
    FROM pg_class c {PUBLIC} CROSS JOIN aclexplode(c.relacl) x WHERE x.grantee <> c.relowner
    UNION ALL SELECT c.relname, {GRANTEE}, x.privilege_type || ' (' || a.attname || ')',
        x.is_grantable
    FROM pg_class c {PUBLIC} JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    CROSS JOIN aclexplode(a.attacl) x WHERE x.grantee <> c.relowner
    UNION ALL SELECT 'whatever is made', {GRANTEE}, x.privilege_type, x.is_grantable
    FROM pg_default_acl e CROSS JOIN aclexplode(e.defaclacl) x
    WHERE x.grantee <> e.defaclrole AND e.defaclobjtype IN ('r', 'S')
"""
"""What was granted on tables, columns and sequences, and what will be on new ones."""

EVERY_TABLE = {
    "no row security": f"SELECT c.relname FROM pg_class c JOIN ({TABLES}) t ON t.oid = c.oid "
    "WHERE NOT c.relrowsecurity AND NOT c.relname = ANY(%(shared)s)",
    "no tenant_id": f"SELECT relname FROM ({BY_COLUMN}) b WHERE NOT EXISTS "
    f"(SELECT 1 FROM pg_attribute a WHERE a.attrelid = b.oid AND {TENANT_ID})",
    "tenant_id may be null": f"SELECT relname FROM ({BY_COLUMN}) b JOIN pg_attribute a "
    f"ON a.attrelid = b.oid AND {TENANT_ID} WHERE NOT a.attnotnull",
    "a policy that is not as declared": "SELECT p.relname || '.' || p.polname "
    f"FROM {policies.EXPECTED} WHERE p.oid IS NOT NULL AND {policies.DIFFERS}",
    "a declared policy that is missing": "SELECT d.in_table || '.' || d.name "
    f"FROM {policies.EXPECTED} WHERE p.oid IS NULL",
    "a hidden column without its default": f"SELECT b.relname FROM ({BY_COLUMN}) b "
    f"JOIN pg_attribute a ON a.attrelid = b.oid AND {TENANT_ID} LEFT JOIN pg_attrdef d "
    "ON d.adrelid = b.oid AND d.adnum = a.attnum WHERE NOT b.relname = ANY(%(ours)s) "
    "AND coalesce(pg_get_expr(d.adbin, d.adrelid), '') !~ 'app.tenant_id'",
    "content that raises no version": "SELECT w.name FROM unnest(%(content)s::text[]) w(name) "
    "LEFT JOIN pg_trigger g ON g.tgrelid = to_regclass(quote_ident(w.name)) "
    "AND g.tgname = %(trigger)s AND g.tgenabled IN ('O', 'A') WHERE g.oid IS NULL",
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
    "a right that nobody declared": f"""
        SELECT r.object || ': ' || r.role || ' ' || r.privilege FROM ({RIGHTS}) r
        WHERE r.role IN (%(app)s, %(ops)s, 'public') AND (r.is_grantable
        OR NOT EXISTS (SELECT 1 FROM json_to_recordset(%(rights)s::json)
            AS d(role text, object text, privilege text)
            WHERE (d.role, d.object, d.privilege) = (r.role, r.object, r.privilege)))""",
    "the app role may create": "SELECT 'public' WHERE has_schema_privilege(%(app)s, 'public', "
    "'CREATE')",
    "the ops role may log in as superuser": "SELECT rolname FROM pg_roles "
    "WHERE rolname = %(ops)s AND rolsuper",
}

REFERENCES = f"""
    SELECT k.conrelid, k.confrelid, a.attname::text FROM pg_constraint k
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[1]
    JOIN ({TABLES}) t ON t.oid = k.confrelid
    WHERE k.contype = 'f' AND cardinality(k.conkey) = 1 AND f.attname = 'id'
    AND t.relname = ANY(%(referenced)s)
    UNION SELECT to_regclass(quote_ident(in_table)), to_regclass(quote_ident(target)), of_column
    FROM json_to_recordset(%(relations)s::json) AS r(in_table text, of_column text, target text)
"""
"""What refers to rows of a tenant: in the database, and by the models."""

EVERY_TABLE["a reference without its tenant"] = f"""
    SELECT w.source::regclass || '.' || w.of_column
    FROM ({REFERENCES}) w(source, target, of_column)
    WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k
        WHERE k.conrelid = w.source AND k.contype = 'f'
        AND starts_with(pg_get_constraintdef(k.oid), 'FOREIGN KEY (tenant_id, '
            || quote_ident(w.of_column) || ') REFERENCES ' || w.target::regclass
            || '(tenant_id, id)')
        AND pg_get_constraintdef(k.oid) !~ 'NOT (VALID|ENFORCED)')
"""

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


def relations() -> list[dict[str, str]]:
    """Return the models' relations that a constraint must keep inside the tenant."""
    found: list[Any] = [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, TenantRelation)
    ]
    return [
        {
            "in_table": field.model._meta.db_table,
            "of_column": field.column,
            "target": field.related_model._meta.db_table,
        }
        for field in found
    ]


def _rights(tables: set[str], sequences: list[str]) -> str:
    rights = [*declared_rights(tables)]
    rights += [(APP_ROLE, name, verb) for name in sequences for verb in ("USAGE", "SELECT")]
    return json.dumps([dict(zip(("role", "object", "privilege"), r, strict=True)) for r in rights])


def _parameters(tables: set[str], sequences: list[str]) -> dict[str, Any]:
    return {
        "app": APP_ROLE,
        "ops": OPS_ROLE,
        "not_by_column": sorted(NOT_BY_COLUMN),
        "shared": sorted({*SHARED, SESSIONS}),
        "operational": operational_tables(),
        "ours": [model._meta.db_table for model in own_models()],
        "referenced": list(REFERENCED),
        "relations": json.dumps(relations()),
        "content": content_tables(tables),
        "trigger": content.TRIGGER,
        "policies": policies.as_parameter(declared_policies(tables)),
        "rights": _rights(tables, sequences),
    }


def answers() -> list[Answer]:
    """Ask everything of the database at hand; an empty list means that all is guarded."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT relname, relkind = 'S' FROM pg_class c {PUBLIC} "
            "WHERE relkind IN ('r', 'p', 'S')"
        )
        named = cursor.fetchall()
        params = _parameters(
            {name for name, is_sequence in named if not is_sequence},
            [name for name, is_sequence in named if is_sequence],
        )
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
