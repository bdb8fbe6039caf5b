"""A served installation and a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
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

from infra.guests.pages import MAIN_LANGUAGE, GuestPage, one_of_each, published, wear
from infra.local.demo import FILES

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "uma-senha-de-teste"
PATIENCE_MS = 60_000
DATABASE_URLS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_OPS_URL")


@dataclass(frozen=True)
class Live:
    """A web server over a copy of the test database, which tests may change for good."""

    port: int
    dsn: str
    redis_url: str
    pid: int = 0

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def execute(self, statement: str, *params: object) -> list[tuple[object, ...]]:
        """Run a statement as the owner, past all walls."""
        with psycopg.connect(self.dsn, autocommit=True) as owner:
            cursor = owner.execute(statement, params)  # type: ignore[arg-type]  # tests' own
            return cursor.fetchall() if cursor.description else []

    def forget(self) -> None:
        """Empty the server's caches."""
        redis.from_url(self.redis_url).flushdb()

    def wear(self, theme: str) -> None:
        """Have all motels wear a theme, from the next request on."""
        wear(self.dsn, theme)
        self.forget()

    @property
    def pages(self) -> list[GuestPage]:
        """One page of each type and language."""
        return one_of_each(published(self.dsn))

    @property
    def main_pages(self) -> list[GuestPage]:
        """One page of each type, in Portuguese."""
        return [page for page in self.pages if page.language == MAIN_LANGUAGE]

    def at(self, page: GuestPage) -> str:
        return self.url(page.host, page.path)


@pytest.fixture(scope="session")
def live(copied: "Callable[[str], Copy]") -> Iterator[Live]:
    """Serve the two companies of the tests."""
    with served(copied("live"), redis_offset=8) as server:
        yield server


@pytest.fixture(scope="session")
def showroom(copied: "Callable[[str], Copy]") -> Iterator[Live]:
    """Serve the demo's motels: the tests' companies, brought to what the demo's files say."""
    copy = copied("showroom")
    command = [sys.executable, "manage.py", "provision", *FILES]
    as_ops = {**copy.environment, "DATABASE_ROLE": "ops"}
    done = subprocess.run(
        command, cwd=ROOT, env=as_ops, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with served(copy, redis_offset=12) as server:
        yield server


@dataclass(frozen=True)
class Copy:
    """A copy of the test database, and the environment of processes that use it."""

    name: str
    environment: dict[str, str]

    @property
    def dsn(self) -> str:
        return self.environment["DATABASE_OWNER_URL"]


@pytest.fixture(scope="session")
def copied(django_db_setup: None, django_db_blocker) -> Iterator[Callable[[str], Copy]]:
    """Return a maker of copies of the test database, which are dropped in the end."""
    with django_db_blocker.unblock():
        source = connection.settings_dict["NAME"]
        connections.close_all()
    names = []

    def copy(suffix: str) -> Copy:
        names.append(f"{source}_{suffix}")
        _as_owner("DROP DATABASE IF EXISTS {}", names[-1])
        connections.close_all()
        _as_owner("CREATE DATABASE {} TEMPLATE {}", names[-1], source)
        urls = {url: _with_database(os.environ[url], names[-1]) for url in DATABASE_URLS}
        settings_module = {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        folder = {"VAR_DIR": str(settings.VAR_DIR)}
        return Copy(names[-1], {**os.environ, **urls, **settings_module, **folder})

    yield copy
    for name in names:
        _as_owner("DROP DATABASE {} WITH (FORCE)", name)


def _as_owner(statement: str, *names: str) -> None:
    with psycopg.connect(
        _with_database(os.environ["DATABASE_OWNER_URL"], "postgres"), autocommit=True
    ) as owner:
        owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def served(
    copy: Copy, *, redis_offset: int = 0, redis_url: str = "", workers: int = 1
) -> Iterator[Live]:
    """Serve a copy, with a Redis database of the tests' own or the one that is named."""
    usual = f"{os.environ['REDIS_URL'].split('?')[0]}?db={_redis_number() + redis_offset}"
    server = Live(port=_free_port(), dsn=copy.dsn, redis_url=redis_url or usual)
    server.forget()  # what an earlier run knew of another database
    password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)
    server.execute("UPDATE tenancy_user SET password = %s", password)
    process = _serve(server, copy.environment, workers)
    try:
        _wait_until_served(server, process)
        yield replace(server, pid=process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _serve(server: Live, environment: dict[str, str], workers: int) -> subprocess.Popen[bytes]:
    own = {"DATABASE_ROLE": "app", "REDIS_URL": server.redis_url, "PORT": str(server.port)}
    options = {"interface": "wsgi", "blocking-threads": 1, "host": "127.0.0.1"}
    options |= {"port": server.port, "workers": workers}
    command = [sys.executable, "-m", "granian", "config.wsgi:application"]
    command += [f"--{name}={value}" for name, value in options.items()]
    command += ["--respawn-failed-workers", "--respawn-interval=12"]
    command += ["--workers-kill-timeout=10"]
    return subprocess.Popen(command, cwd=ROOT, env={**environment, **own}, start_new_session=True)


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
    connections.close_all()  # inside the browser's event loop nobody could any more
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()
        connections.close_all()  # those that the event loop has kept apart
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages, each of a browser that has never been anywhere.

    It takes what else Playwright's `new_context` does.
    """
    contexts = []

    def new(**options: Any) -> Page:
        as_usual = {"viewport": {"width": 1440, "height": 900}, "locale": "pt-BR"}
        context = browser.new_context(**{**as_usual, "reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()
