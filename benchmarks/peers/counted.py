"""The project's own application; at `/_rendered` it says how often a host was not in the store."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from config.wsgi import application as store

rendered: Counter[str] = Counter()
django_application = store.application


def rendering(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    rendered[environ.get("HTTP_HOST", "")] += 1
    return django_application(environ, start_response)


store.application = rendering


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if environ["PATH_INFO"] != "/_rendered":
        return store(environ, start_response)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(rendered[environ.get("HTTP_HOST", "")]).encode()]
