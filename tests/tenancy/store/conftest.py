"""A page store around an application that counts how often it is asked."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from redis import Redis

from tenancy.store.keeping import DRAFT, Draft
from tenancy.store.shared import Shared
from tenancy.store.versions import Versions
from tenancy.store.wsgi import PageStore

LUA = 7


class FakeSite:
    """An application that answers with what it is told, and says that it may be kept."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.status = "200 OK"
        self.headers = [("Content-Type", "text/html; charset=utf-8")]
        self.body = b"page " * 300
        self.parameters: tuple[str, ...] | None = ()
        self.tenant_id: int | None = LUA
        self.until: float | None = None
        self.versions: Versions | None = None
        self.meanwhile: Callable[[], None] = lambda: None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ)
        draft: Draft | None = environ.get(DRAFT)
        if draft is not None and self.tenant_id is not None and self.versions is not None:
            draft.tenant_id = self.tenant_id
            draft.version = self.versions.of(self.tenant_id)
            draft.parameters = self.parameters
            draft.until = self.until
        self.meanwhile()
        start_response(self.status, self.headers)
        return [self.body]


class KnownVersions(Versions):
    """Versions that a test raises by hand."""

    def __init__(self) -> None:
        super().__init__()
        self._ready.set()

    def raise_to(self, version: int, tenant_id: int = LUA) -> None:
        self._learn(tenant_id, version)


class Answer:
    """What a client gets."""

    def __init__(self, store: PageStore, path: str, query: str, headers: dict[str, str]) -> None:
        method = headers.pop("method", "GET")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "lua.localhost",
            "wsgi.url_scheme": "http",
            **headers,
        }
        said: list[Any] = []
        self.body = b"".join(store(environ, lambda *args: said.append(args)))
        self.status = int(said[-1][0][:3])
        self.headers = dict(said[-1][1])


Ask = Callable[..., Answer]


@pytest.fixture
def versions() -> KnownVersions:
    return KnownVersions()


@pytest.fixture
def site(versions: KnownVersions) -> FakeSite:
    found = FakeSite()
    found.versions = versions
    return found


@pytest.fixture
def new_store(site: FakeSite, versions: KnownVersions) -> Callable[..., PageStore]:
    """Return a maker of stores, each one a process's; they share a Redis, empty at first."""
    Redis.from_url(settings.REDIS_URL).flushdb()

    def make(**changes: Any) -> PageStore:
        shared = Shared(settings.REDIS_URL)
        options = {"shared": shared, "versions": versions, "port": 80, "memory_limit": 1_000_000}
        return PageStore(site, **{**options, **changes})

    return make


@pytest.fixture
def store(new_store: Callable[..., PageStore]) -> PageStore:
    return new_store()


@pytest.fixture
def ask(store: PageStore) -> Ask:
    """Return a client of the store: `ask("/", "a=1", HTTP_COOKIE="…", method="HEAD")`."""
    return lambda path="/", query="", **headers: Answer(store, path, query, headers)


@pytest.fixture
def committed(db: None) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
    """Return a way to run statements past all walls, committed at once and so for all to see."""
    params = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    wanted = {name: params[name] for name in names if params.get(name)}
    with psycopg.connect(**wanted, autocommit=True) as owner:

        def execute(statement: str, *values: object) -> list[tuple[Any, ...]]:
            cursor = owner.execute(statement, values)  # type: ignore[arg-type]  # tests' own
            return cursor.fetchall() if cursor.description else []

        yield execute
