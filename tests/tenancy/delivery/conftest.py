"""A page store around the real site, whose pages become files, and an application behind servers.

Versions are raised by hand: what raises them is tested elsewhere.
"""

import io
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from redis import Redis

from tenancy.store import keeping
from tenancy.store.files import PageFiles
from tenancy.store.filing import headers_of
from tenancy.store.shared import Shared
from tenancy.store.versions import Versions
from tenancy.store.wsgi import PageStore

HOST = "lua.localhost"


class KnownVersions(Versions):
    """Versions that a test raises by hand."""

    def __init__(self) -> None:
        super().__init__()
        self._ready.set()

    def raise_to(self, version: int, tenant_id: int) -> None:
        self._learn(tenant_id, version)


class Answer:
    """What a client of a store gets."""

    def __init__(self, store: PageStore, path: str = "/", **environ: str) -> None:
        asked = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "HTTP_HOST": HOST,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(),
            **environ,
        }
        said: list[Any] = []
        self.body = b"".join(store(asked, lambda *args: said.append(args)))
        self.status = int(said[-1][0][:3])
        self.headers = dict(said[-1][1])


@pytest.fixture
def versions(monkeypatch: pytest.MonkeyPatch) -> KnownVersions:
    found = KnownVersions()
    monkeypatch.setattr(keeping, "versions", found)
    return found


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's connection, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def as_served(settings: Any) -> Iterator[None]:
    """Send what a server on the internet sends."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_HSTS_PRELOAD = True
    headers_of.cache_clear()  # a process has the same settings all its life, but not this one
    yield
    headers_of.cache_clear()


@pytest.fixture
def files(tmp_path: Path, versions: KnownVersions) -> Iterator[PageFiles]:
    found = PageFiles(tmp_path / "pages", scheme="https", versions=versions)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def new_store(versions: KnownVersions) -> Callable[..., PageStore]:
    """Return a maker of stores around Django, each one a process's; they share a Redis."""
    Redis.from_url(settings.REDIS_URL).flushdb()

    def make(application: Any = None, **changes: Any) -> PageStore:
        options = {
            "shared": Shared(settings.REDIS_URL),
            "versions": versions,
            "port": 443,
            "memory_limit": 5_000_000,
        }
        return PageStore(application or WSGIHandler(), **{**options, **changes})

    return make


class Upstream(BaseHTTPRequestHandler):
    """Stands where Python would be asked, and says as which address and host."""

    heard: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = f"{self.requestline}\n" + "\n".join(
            f"{name}: {value}" for name, value in headers.items()
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("X-From", "python")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(asked.encode())

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def heard() -> list[str]:
    """Return what the upstream is asked for from now on, in this order."""
    Upstream.heard.clear()
    return Upstream.heard


@pytest.fixture(scope="session")
def upstream() -> Iterator[int]:
    """Return the port of an application that says what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()
