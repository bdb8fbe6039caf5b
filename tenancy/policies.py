"""Whether each policy is still what was declared, told by PostgreSQL's own words.

PostgreSQL keeps a policy's expression parsed, and prints it differently from how it was written.
So the owner, after `migrate`, makes each policy from its declaration and notes as its comment
what was declared and how it is printed. Whoever asks later, with no right to make anything,
compares the note with the declaration at hand and with what is printed now.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from tenancy.rls import Policy

Declared = Mapping[str, Sequence[Policy]]
"""The policies of each table."""

PRINTED = (
    "md5(json_build_array(p.polcmd, p.polpermissive, p.polroles, "
    "pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))::text)"
)
EXPECTED = (
    "json_to_recordset(%(policies)s::json) AS d(in_table text, name text, mark text) "
    "FULL JOIN (SELECT p.*, c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid) p "
    "ON p.relname = d.in_table AND p.polname = d.name"
)
DIFFERS = (
    "coalesce(obj_description(p.oid, 'pg_policy'), 'no note') "
    f"<> coalesce(d.mark || ' ' || {PRINTED}, 'not declared')"
)


def as_parameter(declared: Declared) -> str:
    """Return the declarations as `EXPECTED` wants them."""
    rows = [
        {"in_table": table, "name": policy.name, "mark": _mark(policy)}
        for table, policies in declared.items()
        for policy in policies
    ]
    return json.dumps(rows)


def restore(connection: BaseDatabaseWrapper, declared: Declared) -> None:
    """Make anew each declared policy that is missing or not as declared, and note what it is."""
    by_name = {(table, each.name): each for table, many in declared.items() for each in many}
    with connection.cursor() as cursor:
        question = f"SELECT d.in_table, d.name FROM {EXPECTED} WHERE d.name IS NOT NULL"
        cursor.execute(f"{question} AND {DIFFERS}", {"policies": as_parameter(declared)})
        for table, name in cursor.fetchall():
            policy = by_name[table, name]
            cursor.execute(f'DROP POLICY IF EXISTS "{name}" ON "{table}"')
            cursor.execute(policy.create(f'"{table}"'))
            cursor.execute(
                f"SELECT {PRINTED} FROM pg_policy p WHERE p.polrelid = to_regclass(%s) "
                "AND p.polname = %s",
                [f'"{table}"', name],
            )
            note = f"{_mark(policy)} {cursor.fetchone()[0]}"
            cursor.execute(f'COMMENT ON POLICY "{name}" ON "{table}" IS \'{note}\'')


def _mark(policy: Policy) -> str:
    return hashlib.sha256("\n".join(policy).encode()).hexdigest()[:16]
