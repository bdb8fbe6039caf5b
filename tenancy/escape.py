"""The only way out of the walls: under the ops role, inside a transaction, on purpose.

A process with the ops credentials works as the app role too (`assume_role`); it leaves that
role here, and only here. With any other credentials PostgreSQL refuses. import-linter lists who
may import this module.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import ProgrammingError, connection, transaction

from tenancy import context
from tenancy.guard import APP_ROLE, OPS_ROLE


class NotEntitled(RuntimeError):
    """This process does not have the ops role's credentials."""


@contextmanager
def across_tenants() -> Iterator[None]:
    """See all tenants' rows, and none of their caches, until the block ends.

    A transaction of its own (or a savepoint): if it fails, the role goes back with it. Raises
    `NotEntitled` in a process without the ops credentials.
    """
    with transaction.atomic():
        _become(OPS_ROLE)
        with context.bypassing():
            yield
        if not context.is_bypassing():  # a block around this one goes on as ops
            _become(APP_ROLE)


def _become(role: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, true)", [role])
    except ProgrammingError as error:
        raise NotEntitled("Only the ops role may look across tenants.") from error
