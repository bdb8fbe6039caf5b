"""A served installation and a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, urlopen

import psycopg
import pytest
import redis
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, connections
from playwright.sync_api import Browser, Page, sync_playwright
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "uma-senha-de-teste"
PATIENCE_MS = 60_000


@dataclass(frozen=True)
class Live:
    """A web server over a copy of the test database, which tests may change for good."""

    port: int
    dsn: str

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def execute(self, statement: str, *params: object) -> list[tuple[object, ...]]:
        """Run a statement as the owner, past all walls."""
        with psycopg.connect(self.dsn, autocommit=True) as owner:
            cursor = owner.execute(statement, params)  # type: ignore[arg-type]  # tests' own
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def live(django_db_setup: None, django_db_blocker) -> Iterator[Live]:
    with django_db_blocker.unblock():
        source = connection.settings_dict["NAME"]
        connections.close_all()
    name = f"{source}_live"
    dsn = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(_with_database(dsn, "postgres"), autocommit=True) as owner:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        owner.execute(copy.format(sql.Identifier(name), sql.Identifier(source)))
    server = Live(port=_free_port(), dsn=_with_database(dsn, name))
    password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)
    server.execute("UPDATE tenancy_user SET password = %s", password)
    process = _serve(server, name)
    try:
        _wait_until_served(server, process)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
        with psycopg.connect(_with_database(dsn, "postgres"), autocommit=True) as owner:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            owner.execute(drop)


def _serve(server: Live, name: str) -> subprocess.Popen[bytes]:
    redis_url = f"{os.environ['REDIS_URL'].split('?')[0]}?db={_redis_number() + 8}"
    redis.from_url(redis_url).flushdb()  # what an earlier run knew of another database
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_ROLE": "app",
        "DATABASE_URL": _with_database(os.environ["DATABASE_URL"], name),
        "REDIS_URL": redis_url,
        "VAR_DIR": str(settings.VAR_DIR),
        "PORT": str(server.port),
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "1"]
    command += ["--host", "127.0.0.1", "--port", str(server.port), "config.wsgi:application"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def _wait_until_served(server: Live, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    request = Request(f"http://127.0.0.1:{server.port}/", headers={"Host": "lua.localhost"})
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with urlopen(request, timeout=60):
                return
        except HTTPError as error:
            raise AssertionError(f"the server answers {error.code}") from error
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _redis_number() -> int:
    return int(os.environ["REDIS_URL"].rpartition("db=")[2])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser, for one module: while it is there, an event loop runs in this thread."""
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("NO BROWSER HERE: install Debian's chromium to run the guests' journeys.")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()
        connections.close_all()  # under an event loop Django opens some of their own
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Return a maker of pages, each of a browser that has never been anywhere."""
    contexts = []

    def new() -> Page:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="pt-BR")
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()
