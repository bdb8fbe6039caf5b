"""A web process around the whole application, with all places in which it keeps pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from tenancy.store import keeping
from tenancy.store.files import PageFiles
from tenancy.store.shared import Shared
from tenancy.store.wsgi import PageStore
from tests.conftest import raise_versions
from tests.tenancy.store.conftest import KnownVersions


@contextmanager
def web_process(folder: Path) -> Iterator[PageStore]:
    """Run one that keeps pages in memory, in Redis, and as files below a folder."""
    versions = KnownVersions()
    files = PageFiles(folder, scheme="http", versions=versions)
    files.start()
    try:
        with patch.object(keeping, "versions", versions):
            yield PageStore(
                WSGIHandler(),  # type: ignore[arg-type]  # Django's answers are iterables of bytes
                shared=Shared(settings.REDIS_URL),
                versions=versions,
                port=80,
                memory_limit=5_000_000,
                files=files,
            )
    finally:
        files.stop()


def get(store: PageStore, host: str, query: str = "") -> str:
    """Return a host's home page as a guest gets it."""
    environ = RequestFactory(HTTP_HOST=host).get(f"/{query}").environ
    environ.pop("HTTP_COOKIE", None)
    for signal in (request_started, request_finished):  # they would end the test's transaction
        signal.disconnect(close_old_connections)
    try:
        return b"".join(store(environ, lambda *args: None)).decode()
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def in_memory(store: PageStore) -> str:
    """Return all that a process has in its memory."""
    pages = [page for memory in (store.pages, store.others) for _key, page in memory.items()]
    return "".join(page.body.decode() for page in pages)


def learn_of_change(store: PageStore, tenant_id: int) -> None:
    """Have a process learn that a tenant's content has changed, and do what it does now and then.

    Where it may show what was for a moment yet (`STALE_SECONDS`), that has to be over.
    """
    raise_versions()
    store.versions.raise_to(1, tenant_id)  # type: ignore[attr-defined]  # a test's own
    store.forget_old()
    assert store.files is not None
    store.files.sweep()
