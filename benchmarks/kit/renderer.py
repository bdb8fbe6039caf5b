"""Renders pages of a Django project inside this process, and says what that took.

    DJANGO_SETTINGS_MODULE=… python renderer.py

Each line of standard input asks for one round, as JSON: host, path, times. Each answer is a line
of JSON as well. It ends with its input. Nothing of this repository is imported, unless
BENCH_BEGIN names a function that returns more for a request's environment.
"""

import io
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils.module_loading import import_string


def nothing(is_first: bool) -> dict[str, Any]:
    return {}


application: Any = get_wsgi_application()
begin: Callable[[bool], dict[str, Any]] = import_string(
    os.environ.get("BENCH_BEGIN", "__main__.nothing")
)


def main() -> None:
    for line in sys.stdin:
        sys.stdout.write(f"{json.dumps(rendered(**json.loads(line)))}\n")
        sys.stdout.flush()


def rendered(host: str, path: str, times: int, is_first: bool) -> dict[str, Any]:
    """Render a page so many times; return milliseconds of CPU for one, queries and bytes."""
    status, body = render(host, path, is_first)
    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        render(host, path, is_first)
    here, there = time.process_time(), of_database()
    for _time in range(times):
        render(host, path, is_first)
    here, there = time.process_time() - here, of_database() - there
    return {
        "status": status,
        "bytes": len(body),
        "body": body.decode(),
        "queries": queries,
        "cpu": here / times * 1e3,
        "database_cpu": there / times * 1e3,
    }


def render(host: str, path: str, is_first: bool) -> tuple[str, bytes]:
    said: list[str] = []
    name, _colon, port = host.partition(":")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": name,
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **begin(is_first),
    }
    answer = application(environ, lambda status, *_rest: said.append(status))
    body = b"".join(answer)
    answer.close()
    return said[0], body


def of_database() -> float:
    """Return the CPU seconds of the connection's process, if that can be known here."""
    with suppress(AttributeError, OSError):
        pid = connection.connection.info.backend_pid
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) * 1e-9
    return 0.0


if __name__ == "__main__":
    main()
