"""Who serves: a process refuses to, under a role that row-level security would not hold."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

ROLES = """
    SELECT r.rolname, r.rolsuper, r.rolbypassrls, EXISTS (
        SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relowner = r.oid)
    FROM pg_roles r WHERE r.rolname IN (session_user, current_user)
"""


class UnfitRole(RuntimeError):
    """The database role of this process is not held by row-level security."""


def unfit_role(using: BaseDatabaseWrapper | None = None) -> str:
    """Return why the role must not serve, or "" if it may."""
    with (using or connection).cursor() as cursor:
        cursor.execute(ROLES)
        for name, is_super, bypasses, owns in cursor.fetchall():
            if is_super or bypasses or owns:
                what = "a superuser" if is_super else "BYPASSRLS" if bypasses else "the owner"
                return f"The database role {name} is {what}: it must not serve. Use alcova_app."
    return ""


def verify_first_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Refuse an unfit role on this process's first connection; later ones are the same."""
    connection_created.disconnect(verify_first_connection)
    if reason := unfit_role(connection):
        connection.close()
        connection_created.connect(verify_first_connection)
        raise UnfitRole(reason)


def insist_on_fit_role() -> None:
    """Make this process verify its role as soon as it connects, if it is one that serves."""
    if settings.DATABASE_ROLE == "app":
        connection_created.connect(verify_first_connection)
