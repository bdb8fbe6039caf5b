"""What the database enforces about tenants, as Django constraints.

`makemigrations` writes them and `migrate` applies them. Tables that are not ours to declare
get the same from `tenancy.guard`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model

# Plain, so that it raises when no tenant is set, and Citus accepts it: that refuses sub-selects.
IN_SCOPE = "current_setting('app.tenant_id')::bigint"
THIS_TENANT = f"tenant_id = {IN_SCOPE}"


class TenantDDL(BaseConstraint):
    """Statements that come and go with a model, named like constraints."""

    create = ""
    remove = ""

    def constraint_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> None:  # type: ignore[override]  # None: nothing goes inside CREATE TABLE
        """Queue the statements behind the table's creation."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]  # as Django's own constraints do
        return self._statement(self.create, model, schema_editor)

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]  # as Django's own constraints do
        return self._statement(self.remove, model, schema_editor)

    def _statement(
        self, template: str, model: type[Model], editor: BaseDatabaseSchemaEditor, **parts: Any
    ) -> Statement:
        quote = editor.quote_name
        table = Table(model._meta.db_table, quote)
        return Statement(template, table=table, name=quote(self.name), **parts)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Leave it to the database: a form cannot break these."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))


class Policy(NamedTuple):
    """One policy, as declared; PostgreSQL keeps it in words of its own."""

    name: str
    command: str
    using: str
    check: str

    def create(self, table: str) -> str:
        """Return the statement that makes it on a table, whose name is quoted already."""
        clauses = f" USING ({self.using})" * bool(self.using)
        clauses += f" WITH CHECK ({self.check})" * bool(self.check)
        return f'CREATE POLICY "{self.name}" ON {table} FOR {self.command}{clauses}'


class RowSecurity(TenantDDL):
    """Row-level security, by the policies that a subclass lists.

    Enabled, not forced: the owner of the tables only migrates (`tenancy.checks`), and must
    be able to validate a foreign key over all rows.
    """

    def policies(self) -> list[Policy]:
        raise NotImplementedError

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]  # as Django's own constraints do
        parts = ["ALTER TABLE %(table)s ENABLE ROW LEVEL SECURITY"]
        parts += [policy.create("%(table)s") for policy in self.policies()]
        return self._statement("; ".join(parts), model, schema_editor)

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]  # as Django's own constraints do
        drops = (f'DROP POLICY "{policy.name}" ON %(table)s' for policy in self.policies())
        return self._statement("; ".join(drops), model, schema_editor)


class TenantPolicy(RowSecurity):
    """Rows of the tenant in scope can be read and written, no others."""

    def policies(self) -> list[Policy]:
        return [Policy(self.name, "ALL", THIS_TENANT, THIS_TENANT)]


class AppendOnlyPolicy(RowSecurity):
    """Rows can be added and read; no policy lets anybody who serves change or delete one."""

    def policies(self) -> list[Policy]:
        return [
            Policy(f"{self.name}_read", "SELECT", THIS_TENANT, ""),
            Policy(f"{self.name}_add", "INSERT", "", THIS_TENANT),
        ]


class Policies(RowSecurity):
    """Policies of a table that has rules of its own: `{suffix: (command, using, check)}`."""

    def __init__(self, *, name: str, rules: Mapping[str, Sequence[str]]) -> None:
        super().__init__(name=name)
        self.rules = {suffix: tuple(rule) for suffix, rule in rules.items()}

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "rules": self.rules}

    def policies(self) -> list[Policy]:
        return [Policy(f"{self.name}_{suffix}", *rule) for suffix, rule in self.rules.items()]


class TenantPrimaryKey(TenantDDL):
    """PRIMARY KEY (tenant_id, id): what partitions and Citus need; Django knows `id` alone."""

    create = (
        "ALTER TABLE %(table)s DROP CONSTRAINT %(key)s, "
        "ADD CONSTRAINT %(key)s PRIMARY KEY (tenant_id, id)"
    )
    remove = (
        "ALTER TABLE %(table)s DROP CONSTRAINT %(key)s, ADD CONSTRAINT %(key)s PRIMARY KEY (id)"
    )

    def _statement(
        self, template: str, model: type[Model], editor: BaseDatabaseSchemaEditor, **parts: Any
    ) -> Statement:
        key = editor.quote_name(f"{model._meta.db_table}_pkey")
        return super()._statement(template, model, editor, key=key, **parts)


class SameTenant(TenantDDL):
    """FOREIGN KEY (tenant_id, x_id), and the index that it wants.

    A plain foreign key would accept another tenant's row: its check ignores row-level security.
    """

    create = (
        "CREATE INDEX %(name)s ON %(table)s (tenant_id, %(column)s); "
        "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (tenant_id, %(column)s) "
        "REFERENCES %(target)s (tenant_id, id) DEFERRABLE INITIALLY DEFERRED"
    )
    remove = "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s; DROP INDEX %(name)s"

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def constraint_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> None:  # type: ignore[override]  # None: nothing goes inside CREATE TABLE
        self.create_sql(model, schema_editor)

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> None:  # type: ignore[override]  # None: nothing to run at once
        """Wait for the end of the migration, when the target has its key of two columns."""
        schema_editor.deferred_sql.append(self._statement(self.create, model, schema_editor))

    def _statement(
        self, template: str, model: type[Model], editor: BaseDatabaseSchemaEditor, **parts: Any
    ) -> Statement:
        field: Any = model._meta.get_field(self.field)
        target = Table(field.related_model._meta.db_table, editor.quote_name)
        column = editor.quote_name(field.column)
        return super()._statement(template, model, editor, column=column, target=target, **parts)
