"""The embedded PostgreSQL: how a cluster is laid out, started, and asked.

Its superuser `postgres` lays out the roles and the database with docker/roles.sql, the file that
the container uses too, and does nothing else. It listens on a Unix socket in a private directory.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import psutil

from infra.local.accounts import Account, postgres_account
from infra.local.checkout import Checkout
from infra.local.console import Problem
from infra.local.guard import Options
from infra.local.locks import wait_until
from infra.local.programs import postgres_programs
from infra.local.server import STOP_TIMEOUT, Server

ROLES = {"DATABASE_URL": "app", "DATABASE_OWNER_URL": "owner", "DATABASE_OPS_URL": "ops"}

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
"""Small, and without replication: one machine, one application."""

if sys.platform == "linux":
    # After a crash, one call instead of one for each of a thousand files.
    SETTINGS["recovery_init_sync_method"] = "syncfs"

INITDB_OPTIONS = ("--username=postgres", "--encoding=UTF8", "--auth=trust", "--no-sync")

THROWAWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For clusters that nobody misses after a crash."""

CREATE_DATABASE = r"""
SELECT 'CREATE DATABASE alcova' WHERE NOT EXISTS (
    SELECT FROM pg_database WHERE datname = 'alcova'
) \gexec
\connect alcova
"""

LET_TESTS_BUILD = """
ALTER ROLE alcova_owner CREATEDB;
GRANT alcova_app, alcova_ops TO alcova_owner;
"""
"""Tests create databases as the owner, and go on in them as the roles that serve."""


class Postgres(Server):
    name = "postgres"

    def __init__(
        self,
        checkout: Checkout,
        *,
        for_tests: bool = False,
        is_durable: bool = False,
        account: Account | None = None,
    ) -> None:
        super().__init__(checkout)
        self._for_tests = for_tests
        self._is_throwaway = for_tests and not is_durable
        self._account = account or postgres_account()
        home = self._account.home(checkout)
        self.data = home / "postgres"
        self._socket_dir = checkout.run_dir
        self._programs = postgres_programs()
        if self._account.uid is not None:
            self._socket_dir = self._account.own(home / "socket")
            self._programs = self._programs.copied_to(home)

    def urls(self) -> dict[str, str]:
        """Return the environment variables that name the database, one per role."""
        host = quote(str(self._socket_dir), safe="")
        return {
            variable: f"postgres://alcova_{role}@/alcova?host={host}"
            for variable, role in ROLES.items()
        }

    def command(self) -> Sequence[str]:
        settings = SETTINGS | (THROWAWAY_SETTINGS if self._is_throwaway else {})
        command = [*self._account.prefix, self._programs.path("postgres")]
        command += ["-D", str(self.data), "-k", str(self._socket_dir)]
        return [*command, *(part for item in settings.items() for part in ("-c", "=".join(item)))]

    def guard_options(self) -> Options:
        return Options(self.name, signal.SIGINT, uid=self._account.uid, gid=self._account.gid)

    def is_ready(self) -> bool:
        command = [self._programs.path("pg_isready"), "-q", *self._as_superuser()]
        return subprocess.run(command, env=_without_libpq_settings(), check=False).returncode == 0

    def prepare(self) -> None:
        if not self.data.exists():
            self._make_cluster()
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(self._programs.version):
            raise Problem(
                f"{self.data} was written by PostgreSQL {found}, but version "
                f"{self._programs.version} is here: remove that directory to start afresh."
            )

    def settle(self) -> None:
        roles = self.checkout.root / "docker" / "roles.sql"
        script = f"{CREATE_DATABASE}\\i '{roles}'\n{LET_TESTS_BUILD if self._for_tests else ''}"
        answer = subprocess.run(
            [self._programs.path("psql"), "-Xq", "-v", "ON_ERROR_STOP=1", *self._as_superuser()],
            input=script,
            env=_without_libpq_settings(),
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode != 0:
            raise Problem(f"The database roles could not be laid out: {answer.stderr.strip()}")

    def stop_orphan(self) -> None:
        """Stop the cluster's server, if it runs; forget a process that only has its number."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        self._stop_postmaster(pid_file)
        # The children of one that was killed hold its memory until they notice.
        wait_until(lambda: not self._works_in_data(), STOP_TIMEOUT)

    def _stop_postmaster(self, pid_file: Path) -> None:
        try:
            process = psutil.Process(int(pid_file.read_text().split()[0]))
            is_ours = str(self.data) in process.cmdline()
        except (OSError, ValueError, IndexError, psutil.Error):
            return  # postgres itself tells a stale file, and one of somebody else's process
        if not is_ours:
            pid_file.unlink()
            return
        for stop in (signal.SIGINT, signal.SIGQUIT):
            process.send_signal(stop)
            if wait_until(lambda: _has_ended(process), STOP_TIMEOUT):
                return

    def _works_in_data(self) -> bool:
        return any(each.info["cwd"] == str(self.data) for each in psutil.process_iter(["cwd"]))

    def _make_cluster(self) -> None:
        unfinished = self.data.with_name("postgres.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._account.own(unfinished)
        answer = self._account.run(
            [self._programs.path("initdb"), "-D", str(unfinished), *INITDB_OPTIONS, *self._locale()]
        )
        if answer.returncode != 0:
            raise Problem(f"The database cluster could not be made: {answer.stderr.strip()}")
        unfinished.rename(self.data)

    def _as_superuser(self) -> Sequence[str]:
        return ("-h", str(self._socket_dir), "-U", "postgres", "-d", "postgres")

    def _locale(self) -> Sequence[str]:
        """Sort by code point, on every machine alike; 17 brought the provider that does."""
        if self._programs.version >= 17:
            return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        return ("--locale=C" if sys.platform == "darwin" else "--locale=C.UTF-8",)


def _has_ended(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def _without_libpq_settings() -> dict[str, str]:
    """Return the environment without what would send a client to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
