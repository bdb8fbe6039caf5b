"""What a guest is answered from the store (RFC 9110): in their coding, or that nothing is new."""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings

from tenancy.store.pages import Header, StoredPage, best_coding

StartResponse = Callable[[str, list[Header]], Any]
Environ = Mapping[str, Any]

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
NEVER_OUTDATED = 86_400
"""Seconds for which a CDN may answer with what it has while we do not answer at all."""


def answer(page: StoredPage, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a GET or HEAD with a page."""
    headers, body = page.form(best_coding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    sent = [*headers, ("Cache-Control", lifetime(page))] if page.has_lifetime else list(headers)
    if page.status != HTTPStatus.OK:
        start_response(status_line(page.status), sent)
    elif is_known(page, environ):
        start_response(status_line(304), [each for each in sent if each[0] in UNCHANGED])
        return []
    elif is_partial(environ) and (part := part_of(page, environ, headers, len(body))):
        return send_part(part, sent, body, start_response)
    else:
        start_response(status_line(200), sent)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


UNCHANGED = {"Cache-Control", "Content-Location", "ETag", "Expires", "Vary", "Cache-Tag"}
"""The headers of a 304 (RFC 9110, 15.4.5)."""


@lru_cache(maxsize=64)
def status_line(status: int) -> str:
    return f"{status} {HTTPStatus(status).phrase}"


def lifetime(page: StoredPage) -> str:
    """Return who may keep a page, and for how long.

    Browsers always ask whether it is still the same. A CDN, which is told of changes, keeps it;
    past the instant at which the page changes by the clock it may only show it while we are away.
    """
    if not settings.CDN_SECONDS:
        return "public, max-age=0, must-revalidate"
    if page.until is None:
        return f"public, max-age=0, s-maxage={settings.CDN_SECONDS}, {settings.CDN_STALE}"
    seconds = max(0, min(settings.CDN_SECONDS, int(page.until - time.time())))
    return f"public, max-age=0, s-maxage={seconds}, stale-if-error={NEVER_OUTDATED}"


def is_known(page: StoredPage, environ: Environ) -> bool:
    """Say whether the client has the page, in whichever coding."""
    asked: str = environ.get("HTTP_IF_NONE_MATCH", "")
    return page.etag in asked or asked.strip() == "*"


def is_partial(environ: Environ) -> bool:
    """Say whether a part may be asked for: of HEAD there is none (RFC 9110, 14.2)."""
    return environ["REQUEST_METHOD"] == "GET" and "HTTP_RANGE" in environ


def part_of(
    page: StoredPage, environ: Environ, headers: Iterable[Header], size: int
) -> tuple[int, int] | None:
    """Return the one range that is asked for: its first byte, and the one after its last.

    None where the whole is to be sent: another unit, several ranges, a part of something older.
    The first is not below the size where nothing of the page is in the range.
    """
    found = ONE_RANGE.fullmatch(environ["HTTP_RANGE"].strip())
    etag = next(value for name, value in headers if name == "ETag")
    if not found or environ.get("HTTP_IF_RANGE", etag) != etag or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1 if last else size)


def send_part(
    part: tuple[int, int],
    headers: list[Header],
    body: bytes,
    start_response: StartResponse,
) -> Iterable[bytes]:
    """Answer with a part of the body, or that the body has no such part."""
    first, end = part
    rest = [each for each in headers if each[0] != "Content-Length"]
    if first >= min(end, len(body)):
        start_response(status_line(416), [*rest, ("Content-Range", f"bytes */{len(body)}")])
        return []
    rest.append(("Content-Range", f"bytes {first}-{end - 1}/{len(body)}"))
    start_response(status_line(206), [*rest, ("Content-Length", str(end - first))])
    return [body[first:end]]
