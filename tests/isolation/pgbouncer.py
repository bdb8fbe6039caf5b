"""A PgBouncer of the tests' own: transaction mode, and as many server connections as asked for."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.env import DatabaseRole
from infra.local.accounts import postgres_account
from tests.connections import settings_of

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PORT = 6432

SETTINGS = """
[databases]
{databases}

[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {home}
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 100
log_connections = 0
log_disconnections = 0
log_stats = 0
"""


@contextmanager
def pgbouncer(*, size: int) -> Iterator[Path]:
    """Run PgBouncer over the test database; yield the directory of its socket.

    Its databases are called as the roles are, and log in as them. It refuses to be root, as
    PostgreSQL does, and has to enter the directory of the server's socket: so it runs as that.
    """
    with tempfile.TemporaryDirectory(prefix="pgb") as folder:
        home = Path(folder)
        databases = "\n".join(f"{role} = {target(role)}" for role in ("app", "ops"))
        text = SETTINGS.format(databases=databases, port=PORT, home=home, size=size)
        (home / "pgbouncer.ini").write_text(text)
        account = postgres_account()
        account.own(home)
        with subprocess.Popen(
            [*account.prefix, str(PROGRAM), str(home / "pgbouncer.ini")],
            stderr=subprocess.PIPE,
            text=True,
            user=account.uid,
            extra_groups=None if account.uid is None else [],
        ) as process:
            try:
                wait_until_up(process)
                yield home
            finally:
                process.terminate()


def target(role: DatabaseRole) -> str:
    """Return the connection string with which PgBouncer logs in as a role."""
    settings = settings_of(role)
    words = {
        "host": settings["HOST"] or "127.0.0.1",
        "port": settings["PORT"] or 5432,
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    return " ".join(f"{key}={value}" for key, value in words.items() if value)


def wait_until_up(process: "subprocess.Popen[str]") -> None:
    """Read PgBouncer's log until it says that it listens; raise what it says if it ends instead."""
    said = []
    for line in process.stderr or ():
        said.append(line)
        if "process up" in line:
            return
    raise RuntimeError(f"PgBouncer did not start: {''.join(said)}")


def through(home: Path, role: DatabaseRole) -> dict[str, Any]:
    """Return Django's settings for a role's connection that goes through PgBouncer."""
    return settings_of(role, HOST=str(home), PORT=PORT, NAME=role, CONN_MAX_AGE=None)
