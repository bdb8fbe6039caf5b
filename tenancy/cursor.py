"""Every statement tells PostgreSQL its tenant, in the same message as itself.

`SELECT set_config('app.tenant_id', '7', true); <statement>` is one simple-query message: no
extra round trip, and a setting that dies with its transaction, implicit or explicit, so that a
pooled connection never keeps one. Plugged in with `OPTIONS["cursor_factory"]`; it needs
client-side binding and no server-side cursors (`tenancy.checks` says so when they are not so).
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

from django.db.backends.postgresql.base import Cursor
from psycopg import ClientCursor, sql
from psycopg.pq import TransactionStatus

from tenancy.context import current_tenant_id

SETTING = "app.tenant_id"

if TYPE_CHECKING:
    _Cursor = ClientCursor[Any]  # django-stubs does not know that Django's derives from it
else:
    _Cursor = Cursor


class TenantCursor(_Cursor):
    """A psycopg client-side-binding cursor that names the tenant in scope before each statement."""

    def execute(self, query: Any, params: Any = None, **kwargs: Any) -> Self:
        """Run one statement as the tenant in scope; results are the statement's own."""
        prefix = self._prefix()
        if not prefix:
            super().execute(query, params, **kwargs)
            return self
        super().execute(_prepend(prefix, query), params, **kwargs)
        self.nextset()  # over the result of set_config, to the statement's
        return self

    def executemany(self, query: Any, params_seq: Iterable[Any], **kwargs: Any) -> None:
        """Run the statement once for each set of parameters (psycopg would pipeline them)."""
        for params in params_seq:
            self.execute(query, params)

    def copy(self, statement: Any, params: Any = None, **kwargs: Any) -> Any:
        """COPY cannot share a message: inside a transaction the setting goes before it.

        In autocommit there is no transaction to carry it, and guarded tables refuse.
        """
        self._announce()
        return super().copy(statement, params, **kwargs)

    def stream(self, query: Any, params: Any = None, **kwargs: Any) -> Iterator[Any]:
        """Yield rows as they arrive; like COPY, it cannot share a message."""
        self._announce()
        yield from super().stream(query, params, **kwargs)

    def _announce(self) -> None:
        prefix = self._prefix()
        if prefix and (not self.connection.autocommit or self._in_transaction()):
            super().execute(prefix)

    def _prefix(self) -> str:
        status = self.connection.info.transaction_status
        if status is TransactionStatus.INERROR:
            return ""  # only ROLLBACK is legal now
        tenant_id = current_tenant_id()
        if tenant_id is not None:
            return f"SELECT set_config('{SETTING}', '{int(tenant_id)}', true); "
        if status is TransactionStatus.INTRANS:
            # an earlier statement of this transaction may have named a tenant
            return f"SELECT set_config('{SETTING}', '', true); "
        return ""

    def _in_transaction(self) -> bool:
        return self.connection.info.transaction_status is TransactionStatus.INTRANS


def _prepend(prefix: str, query: Any) -> Any:
    if isinstance(query, sql.Composable):
        return sql.SQL(prefix) + query
    if isinstance(query, bytes):
        return prefix.encode() + query
    return prefix + query
