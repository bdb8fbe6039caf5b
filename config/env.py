"""The environment, typed: what each setting is called, and what it may hold."""

import os
from pathlib import Path
from typing import Any, Literal, cast, get_args
from urllib.parse import urlsplit

import environ

from tenancy.cursor import TenantCursor

ROOT = Path(__file__).resolve().parent.parent

DatabaseRole = Literal["app", "owner", "ops"]

env = environ.Env()
environ.Env.read_env(os.environ.get("ALCOVA_ENV_FILE", ROOT / ".env"), overwrite=False)

ROLE_VARIABLES: dict[DatabaseRole, str] = {
    "app": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "ops": "DATABASE_OPS_URL",
}


def database_role() -> DatabaseRole:
    """Return which of the three roles this process connects as (`DATABASE_ROLE`)."""
    role = env.str("DATABASE_ROLE", default="app")
    if role not in get_args(DatabaseRole):
        raise environ.ImproperlyConfigured(
            f"DATABASE_ROLE is {role!r}: it must be app, owner or ops."
        )
    return cast(DatabaseRole, role)


def database(role: DatabaseRole) -> dict[str, Any]:
    """Return Django's settings of the one database, under the credentials of `role`."""
    config = env.db_url(ROLE_VARIABLES[role])
    options = config.setdefault("OPTIONS", {})
    # environ leaves `?host=/socket/dir` among the options; Django wants it as HOST.
    config["HOST"] = options.pop("host", None) or config.get("HOST", "")
    options["cursor_factory"] = TenantCursor
    options["application_name"] = f"alcova-{role}"
    if role == "owner":
        # migrations insert rows into guarded tables: they belong to the platform
        options["options"] = "-c app.tenant_id=0"
    if role == "ops":
        # the ops role's powers are taken up in tenancy.escape, and nowhere else
        options["assume_role"] = "alcova_app"
    return {
        **config,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=600),
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


def broker_url(redis_url: str) -> str:
    """Translate a redis-py URL into kombu's: they spell Unix sockets differently."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    query = parts.query.replace("db=", "virtual_host=")
    return f"redis+socket://{parts.netloc}{parts.path}?{query}"
