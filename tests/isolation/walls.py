"""What is behind the walls: told by the owner of the tables, whom policies do not hold."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.http.response import HttpResponseBase
from psycopg.pq import TransactionStatus

from tenancy.models import Tenant
from tests.conftest import execute_as_owner, raise_versions

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MARKS = re.compile(r"SOLMARK|sol\.localhost|sol\.painel|sol\.test", re.IGNORECASE)

COLUMNS = """
    SELECT c.relname, a.attname, t.typname FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relkind IN ('r', 'p')
"""
NOT_COMPARED = {
    "django_session": "everybody's sessions, under unguessable keys",
    "tenancy_user": "people are compared by membership, below",
    "wagtailusers_userprofile": "the same",
}


@cache
def columns() -> dict[str, dict[str, str]]:
    """Return every table's columns and their types."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in execute_as_owner(COLUMNS):
        found.setdefault(str(table), {})[str(column)] = str(kind)
    return found


def uuids_of(tenant: Tenant) -> set[str]:
    """Return every UUID in the tenant's rows, its people's and its files' included."""
    parts = [
        f"SELECT {column}::text FROM {table} WHERE tenant_id = {tenant.pk}"
        for table, fields in columns().items()
        if "tenant_id" in fields
        for column, kind in fields.items()
        if kind == "uuid"
    ]
    parts.append(f"SELECT public_id::text FROM tenancy_tenant WHERE id = {tenant.pk}")
    return {str(row[0]) for row in execute_as_owner(" UNION ".join(parts)) if row[0]}


def people_of(tenant: Tenant) -> frozenset[str]:
    """Return the ids of the tenant's members."""
    query = "SELECT user_id FROM tenancy_membership WHERE tenant_id = %s"
    return frozenset(str(row[0]) for row in execute_as_owner(query, tenant.pk))


def fingerprint(besides: Tenant, people: frozenset[str] | None = None) -> dict[str, str]:
    """Return a checksum of each table's rows that are not the tenant's, nor its people's."""
    raise_versions()
    people = people_of(besides) if people is None else people
    parts = [
        f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t{where}"
        for table, where in _not_of(besides, people)
    ]
    return {str(name): str(digest) for name, digest in execute_as_owner(" UNION ALL ".join(parts))}


def _not_of(tenant: Tenant, people: frozenset[str]) -> Iterator[tuple[str, str]]:
    theirs = ", ".join(f"'{key}'" for key in people)
    for table, fields in columns().items():
        if "tenant_id" in fields:
            yield table, f" WHERE tenant_id <> {tenant.pk}"
        elif table not in NOT_COMPARED:
            yield table, ""
    yield "tenancy_user", f" WHERE id NOT IN ({theirs})"
    yield "wagtailusers_userprofile", f" WHERE user_id NOT IN ({theirs})"


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the block does in the database, also after a failed statement."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(point)


def is_broken() -> bool:
    """Say whether a statement failed, so that nothing since the savepoint can remain."""
    inner: Any = connection.connection
    return bool(inner.info.transaction_status is TransactionStatus.INERROR)


def text_of(response: HttpResponseBase) -> str:
    """Return everything that an answer says: status line, headers, cookies, body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # either kind
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{head}\n{response.cookies}\n{body.decode('utf-8', 'replace')}"


def leaked(text: str, said: str, secrets: set[str]) -> set[str]:
    """Return what an answer says of the other tenant, besides what was `said` by the asker."""
    found = set(MARKS.findall(text)) | (set(UUID.findall(text)) & secrets)
    return {word for word in found if word not in said}
