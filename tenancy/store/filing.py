"""Which pages may be files, where, and in which slots of time (ADR 0039).

A server that answers a file knows the path and the clock, and has headers of its own. So a page
is a file only where that is enough: one without parameters, at a plain path, with exactly the
headers that the shipped configurations send, and only in slots of time that end before the page
changes by the clock.
"""

import re
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language_from_path

from tenancy.store.pages import Header, StoredPage

SLOT = 1000
"""Seconds of a slot: its name is the epoch second without the last three digits."""
AHEAD = 2
"""Slots in which a page is put at once: this one and the next."""
IMMUTABLE = ("Cache-Control", "public, max-age=31536000, immutable")


class Kind(NamedTuple):
    """Files of one kind: the same in `docker/nginx` and `docker/caddy`, by tests."""

    path: re.Pattern[str]
    ending: str
    """What follows the path in the file's name."""
    headers: tuple[Header, ...]


# A segment begins with no dot and has none: neither `..` nor `index.html` is one.
KINDS = (
    Kind(
        re.compile(r"/(?:[a-z0-9_-]{1,100}/){0,8}"),
        "index.html",
        (("Content-Type", "text/html; charset=utf-8"),),
    ),
    Kind(
        re.compile(r"/_style/[0-9a-f]{1,64}/(?:site|own)\.css"),
        "",
        (("Content-Type", "text/css; charset=utf-8"), IMMUTABLE),
    ),
)


def file_of(path: str, page: StoredPage) -> str | None:
    """Return the relative name of the file that a page may be, or None."""
    if page.status != 200 or page.parameters:
        return None
    for kind in KINDS:
        if kind.path.fullmatch(path):
            language = get_language_from_path(path) or settings.LANGUAGE_CODE
            is_plain = frozenset(page.headers) == headers_of(kind, language)
            return path.removeprefix("/") + kind.ending if is_plain else None
    return None


@lru_cache(maxsize=32)
def headers_of(kind: Kind, language: str) -> frozenset[Header]:
    """Return what the servers' configurations send with a file, but for what the store adds."""
    return frozenset({*kind.headers, ("Content-Language", language), *everywhere()})


def everywhere() -> Iterator[Header]:
    """Yield the headers of every guest's page."""
    yield "Content-Security-Policy", settings.GUEST_CSP
    yield "Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    yield "Referrer-Policy", settings.SECURE_REFERRER_POLICY
    yield "X-Content-Type-Options", "nosniff"
    yield "X-Frame-Options", settings.X_FRAME_OPTIONS
    if seconds := settings.SECURE_HSTS_SECONDS:
        subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
        yield "Strict-Transport-Security", f"max-age={seconds}{subdomains}{preload}"


def present_slot() -> int:
    return int(time.time()) // SLOT


def slots_of(page: StoredPage) -> list[int]:
    """Return the slots, from the present one on, that end before the page may not be served."""
    first = present_slot()
    slots = range(first, first + AHEAD)
    return [each for each in slots if page.until is None or (each + 1) * SLOT <= page.until]
