"""Fills an installation with tenants: each a copy of one that was provisioned, row by row.

Nothing is made up: whatever provisioning writes for a tenant (sites, domains, pages, revisions,
groups, permissions, people, workflow, prices …), each copy has as well, with keys of its own.
The database's own catalogue says which columns those are, so that no list here grows old.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import psycopg
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

Session = psycopg.Connection[tuple[object, ...]]

BATCH = 500
"""Tenants per transaction."""
PEOPLE = "tenancy_user"
TENANTS = "tenancy_tenant"
HOSTS = {"host", "hostname", "email", "slug"}
"""Texts that are unique across tenants (a slug only in `tenancy_tenant`)."""
KEYS_AS_TEXT = {"object_id", "to_object_id"}

COLUMNS = """
SELECT c.table_name, c.column_name, c.data_type, EXISTS (
    SELECT FROM pg_constraint k WHERE k.conrelid = quote_ident(c.table_name)::regclass
    AND k.conkey = ARRAY[(SELECT attnum FROM pg_attribute WHERE attrelid = k.conrelid
                          AND attname = c.column_name)]
    AND (k.contype = 'p' OR k.contype = 'f' AND k.confrelid::regclass::text = ANY(%(tables)s))
) FROM information_schema.columns c
WHERE c.table_schema = 'public' AND c.table_name = ANY(%(tables)s) AND c.is_generated = 'NEVER'
ORDER BY c.table_name, c.ordinal_position
"""

TENANT_TABLES = """
SELECT c.table_name FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE'
"""

MOVE_ROOT = """
CREATE OR REPLACE FUNCTION pg_temp.number(digits text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT sum((strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(digits, place, 1)) - 1)
               * (36 ^ (4 - place))::bigint)::bigint FROM generate_series(1, 4) place
$$;
CREATE OR REPLACE FUNCTION pg_temp.base36(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
                             mod(n / (36 ^ power)::bigint, 36)::int + 1, 1), '' ORDER BY power DESC)
    FROM generate_series(0, 3) power
$$
"""


@dataclass
class Table:
    """A table and, for each column, the expression that a copy has there."""

    name: str
    columns: dict[str, Composable] = field(default_factory=dict)
    has_number: bool = False
    """Whether its key is a number, counted by a sequence."""


class Filler:
    """Copies of one tenant, numbered from 1 on."""

    def __init__(self, session: Session, slug: str) -> None:
        self._session = session
        self._model = self._one(SQL("SELECT id FROM tenancy_tenant WHERE slug = %s"), slug)
        names = [str(row[0]) for row in session.execute(TENANT_TABLES)]
        self.tables = [
            table
            for table in self._described([*names, PEOPLE, TENANTS])
            if self._one(self._count_of(table))
        ]
        self._stride = 1 + max(self._highest(table) for table in self.tables if table.has_number)

    def rows(self) -> dict[str, int]:
        """Return how many rows of each table one tenant has."""
        return {table.name: self._one(self._count_of(table)) for table in self.tables}

    def add(self, first: int, last: int) -> None:
        """Add the copies numbered `first` to `last`.

        Their content's versions are copied as well, so no trigger needs to raise them.
        """
        self._switch_triggers(on=False)
        try:
            self._add(first, last)
        finally:
            self._switch_triggers(on=True)

    def _add(self, first: int, last: int) -> None:
        for start in range(first, last + 1, BATCH):
            end = min(start + BATCH - 1, last)
            numbers = {"first": start, "last": end, "stride": self._stride}
            with self._session.transaction():
                self._session.execute(MOVE_ROOT)
                for table in self.tables:
                    self._session.execute(self._copy_of(table), numbers)
        for table in self.tables:
            if table.has_number:
                self._count_on(table)

    def _switch_triggers(self, *, on: bool) -> None:
        """Switch all triggers of the tables, except those of foreign keys."""
        statement = SQL(f"ALTER TABLE {{}} {'ENABLE' if on else 'DISABLE'} TRIGGER USER")
        for table in self.tables:
            self._session.execute(statement.format(Identifier(table.name)))

    def _described(self, names: Sequence[str]) -> Iterator[Table]:
        described: dict[str, Table] = {}
        for row in self._session.execute(COLUMNS, {"tables": list(names)}):
            name, column, kind, is_key = (str(row[0]), str(row[1]), str(row[2]), bool(row[3]))
            table = described.setdefault(name, Table(name))
            table.columns[column] = expression(name, column, kind, is_key=is_key)
            if column == "id" and kind in {"integer", "bigint"}:
                table.has_number = True
        yield from described.values()

    def _copy_of(self, table: Table) -> Composed:
        return SQL("INSERT INTO {} ({}) SELECT {} FROM {} t, {} n WHERE {}").format(
            Identifier(table.name),
            SQL(", ").join(map(Identifier, table.columns)),
            SQL(", ").join(table.columns.values()),
            Identifier(table.name),
            SQL("generate_series(%(first)s::bigint, %(last)s::bigint)"),
            self._of_the_model(table),
        )

    def _of_the_model(self, table: Table) -> Composable:
        if table.name == PEOPLE:
            members = "SELECT user_id FROM tenancy_membership WHERE tenant_id = {}"
            return SQL("t.id IN (" + members + ")").format(Literal(self._model))
        column = "id" if table.name == TENANTS else "tenant_id"
        return SQL("t.{} = {}").format(Identifier(column), Literal(self._model))

    def _count_of(self, table: Table) -> Composed:
        question = SQL("SELECT count(*) FROM {} t WHERE {}")
        return question.format(Identifier(table.name), self._of_the_model(table))

    def _highest(self, table: Table) -> int:
        return self._one(SQL("SELECT max(id) FROM {}").format(Identifier(table.name)))

    def _count_on(self, table: Table) -> None:
        count_on = SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {}")
        self._session.execute(count_on.format(Literal(table.name), Identifier(table.name)))

    def _one(self, question: SQL | Composed, *params: object) -> int:
        row = self._session.execute(question, params or None).fetchone()
        return int(str(row[0])) if row else 0


def expression(table: str, column: str, kind: str, *, is_key: bool) -> Composable:
    """Return what copy number `n` of the tenant has in that column of a row `t`."""
    old = SQL("t.{}").format(Identifier(column))
    if column == "tenant_id" or (table, column) == (TENANTS, "id"):
        return SQL("{} + n").format(old)
    if kind == "uuid":
        return SQL("md5({}::text || n)::uuid").format(old)
    if is_key and kind in {"integer", "bigint"}:
        return SQL("{} + n * %(stride)s").format(old)
    if column in KEYS_AS_TEXT:
        return SQL(
            "CASE WHEN {0} ~ '^[0-9]+$' THEN ({0}::bigint + n * %(stride)s)::text "
            "ELSE md5({0} || n)::uuid::text END"
        ).format(old)
    if column in HOSTS and (column != "slug" or table == TENANTS):
        return SQL("'c' || n || '-' || {}").format(old)
    if column == "file" and kind == "character varying":  # in the folder of the tenant's public id
        return SQL("'t/' || md5(substr({0}, 3, 36) || n)::uuid || substr({0}, 39)").format(old)
    if column == "path" and kind == "character varying":
        return SQL("pg_temp.base36(pg_temp.number(left({0}, 4)) + n) || substr({0}, 5)").format(old)
    return old
