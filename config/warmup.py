"""What a new web process does before its first guest, who would wait for it otherwise.

Modules, URLs, templates, translations, a connection to the database and one to Redis.
"""

import io
import sys
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet

from tenancy.enums import HostKind
from tenancy.models import Domain

log = structlog.get_logger(__name__)

Application = Callable[..., Iterable[bytes]]


def warm_up(application: Application) -> None:
    """Render some home page, whichever; without one, or a database, nothing happens."""
    try:
        # outside any tenant: the map of hosts is everybody's to read
        found: QuerySet[Domain] = QuerySet(Domain).filter(
            kind=HostKind.GUEST, is_primary=True, verified_at__isnull=False
        )
        host = found.values_list("host", flat=True).first()
        if host:
            visit(application, f"{settings.PUBLIC_SCHEME}://{host}:{settings.PUBLIC_PORT}/")
    except DatabaseError as error:
        log.warning("not_warmed_up", reason=str(error).partition("\n")[0])


def visit(application: Application, url: str) -> str:
    """Ask an application for a page, as a guest would; return the status line."""
    parts = urlsplit(url)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": "",
        "SERVER_NAME": parts.hostname,
        "SERVER_PORT": str(parts.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": parts.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    said: list[str] = []
    body: Any = application(environ, lambda status, *_rest: said.append(status))
    for _part in body:
        pass
    if close := getattr(body, "close", None):
        close()
    return said[-1]
