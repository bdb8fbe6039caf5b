"""After publishing, pages are rendered again before guests come, those visited most first.

A worker asks the same page store that web processes ask, around the same application, so that
what it renders is in Redis (and a file, where there are files) when the first guest asks.
"""

import io
import time
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils import translation

from tenancy import hosts
from tenancy.context import require_tenant_id
from tenancy.store.shared import Shared
from tenancy.store.versions import versions
from tenancy.store.wsgi import USUAL_PORTS, Application, PageStore

log = structlog.get_logger(__name__)

MOST_PAGES = 200
"""Addresses that are rendered after one change."""
MOST_SECONDS = 20.0
"""How long one tenant may keep a worker from the others."""
PATIENCE = 2.0
"""Seconds for this process to learn of the version that somebody else has heard of."""

_starting = Lock()


@cache
def workers_store() -> PageStore:
    """Return a store that keeps nothing in this process."""
    return PageStore(
        WSGIHandler(),  # type: ignore[arg-type]  # Django's answers are iterables of bytes
        shared=Shared(settings.REDIS_URL),
        versions=versions,
        port=settings.PUBLIC_PORT,
        memory_limit=0,
    )


def claim_of(tenant_id: int) -> str:
    """Return what the process claims that asks for a tenant's pages to be rendered."""
    return f"renewal:{tenant_id}"


def newest_of(tenant_id: int) -> str:
    """Return under which name it is noted of which version that process has heard last."""
    return f"newest:{tenant_id}"


def renew(*, version: int) -> int:
    """Render the pages of the tenant in scope, and return how many were asked for.

    Nothing older than `version` is rendered. Ends when the content changes again: that has
    another renewal follow, behind those of other tenants that wait already.
    """
    tenant_id = require_tenant_id()
    store = workers_store()
    with _starting:
        versions.start()
    # In this order: who cannot claim any more has noted before which version that was for.
    store.shared.unclaim(claim_of(tenant_id))
    version = max(version, store.shared.noted(newest_of(tenant_id)))
    if not knows(tenant_id, version):
        log.warning("renewal.version_unknown", version=version)
        return 0
    return _renew_present(store, tenant_id)


def knows(tenant_id: int, version: int) -> bool:
    """Wait until this process knows of a version; say whether it does."""
    patient_until = time.monotonic() + PATIENCE
    while versions.of(tenant_id) < version:
        if time.monotonic() >= patient_until:
            return False
        time.sleep(0.05)
    return True


def _renew_present(store: PageStore, tenant_id: int) -> int:
    version, deadline, count = versions.of(tenant_id), time.monotonic() + MOST_SECONDS, 0
    with translation.override(None):
        for address in store.shared.most_visited(tenant_id)[:MOST_PAGES]:
            if versions.of(tenant_id) != version or time.monotonic() >= deadline:
                break
            count += ask(store, tenant_id, address)
    log.info("renewal.done", version=version, pages=count)
    return count


def ask(store: PageStore, tenant_id: int, address: str) -> bool:
    """Ask the store for an address as a guest would, if it still is the tenant's."""
    scheme, name, path, *_rest = urlsplit(address)
    host = hosts.resolve(name)
    if host is None or host.tenant_id != tenant_id:
        return False
    visit(store, scheme, name, path)
    return True


def visit(application: Application, scheme: str, host: str, path: str) -> None:
    """Have an application answer an address as a guest would ask for it."""
    result = application(environ_of(scheme, host, path), lambda *said: None)
    for _chunk in result:
        pass
    if close := getattr(result, "close", None):
        close()


def environ_of(scheme: str, host: str, path: str) -> dict[str, Any]:
    """Return the WSGI environment of a guest's plain request (PEP 3333)."""
    port = settings.PUBLIC_PORT
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host if USUAL_PORTS[scheme] == port else f"{host}:{port}",
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
