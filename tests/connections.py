"""Connections to the test database with a role's own credentials, as processes in service have."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from config.env import DatabaseRole, database


def settings_of(role: DatabaseRole, **changes: Any) -> dict[str, Any]:
    """Return Django's settings for the test database, as a process with that role has them."""
    ours = connections.settings["default"]
    return {**ours, **database(role), "NAME": ours["NAME"], "CONN_MAX_AGE": 0, **changes}


@contextmanager
def connected(settings: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Have a connection of one's own be the default one, outside the test's transaction."""
    usual = connections["default"]
    connections["default"] = own = type(usual)(settings, "default")
    try:
        yield own
    finally:
        own.close()
        connections["default"] = usual


@contextmanager
def threads_connected(settings: dict[str, Any]) -> Iterator[None]:
    """Have new threads connect with these settings."""
    usual = connections.settings["default"]
    connections.settings["default"] = settings
    try:
        yield
    finally:
        connections.settings["default"] = usual
