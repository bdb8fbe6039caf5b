"""Several sizes of one installation, each in a database of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.sql import SQL, Identifier
from redis import Redis

OWNER = "DATABASE_OWNER_URL"


def copy_database(name: str, source: str = "") -> None:
    """Make a database of that name, a copy of another, or of the one that this process has."""
    source = source or str(connections["default"].settings_dict["NAME"])
    connections["default"].close()
    with psycopg.connect(owner_url("postgres"), autocommit=True) as owner:
        made, original = Identifier(name), Identifier(source)
        owner.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(made, original))
        owner.execute(SQL("GRANT CONNECT ON DATABASE {} TO alcova_app, alcova_ops").format(made))


def owner_url(name: str) -> str:
    """Return where the owner finds the database of that name."""
    return urlunsplit(urlsplit(os.environ[OWNER])._replace(path=f"/{name}"))


class Databases:
    """Open connections to databases, of which one at a time is Django's."""

    def __init__(self) -> None:
        self._open: dict[str, BaseDatabaseWrapper] = {}

    @contextmanager
    def using(self, name: str) -> Iterator[BaseDatabaseWrapper]:
        """Work with that database, knowing nothing of another's rows."""
        if name not in self._open:
            self._open[name] = connections.create_connection("default")
            self._open[name].settings_dict = self._open[name].settings_dict | {"NAME": name}
        before = connections["default"]
        connections["default"] = self._open[name]
        forget_rows()
        try:
            yield self._open[name]
        finally:
            connections["default"] = before

    def close(self) -> None:
        for connection in self._open.values():
            connection.close()


def forget_rows() -> None:
    """Empty what outlives a connection: Redis and this process's map of hosts."""
    from tenancy import hosts  # noqa: PLC0415 (after setup)

    Redis.from_url(settings.REDIS_URL).flushdb()
    hosts.clear_local()
