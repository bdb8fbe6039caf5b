"""Which answers a call documents, and how public ones are kept for seconds."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Schema

from tenancy.api.problems import ProblemOut
from tenancy.context import require_tenant_id
from tenancy.store.versions import versions

ALWAYS = (401, 403, 500, 503)
"""Answers that every call may give: the first two only on the API host, or to staff."""
BODY = (400, 413, 415, 422)
"""Answers of calls with a body."""
SECONDS = 5
"""How long a public answer is kept."""


def answers(good: dict[int, Any], *statuses: int) -> dict[int, Any]:
    """Return what a call answers: what is good, and problems of those statuses and the usual."""
    return {**good, **dict.fromkeys(sorted({*statuses, *ALWAYS}), ProblemOut)}


def kept_for_seconds(
    request: HttpRequest,
    name: tuple[object, ...],
    work_out: Callable[[], Schema],
    *,
    at: datetime,
    until: datetime | None,
) -> HttpResponse:
    """Answer what `work_out` returns as of now, kept for the tenant until `until` at the most.

    `name` says what the answer depends on, but for the tenant, its content, the language and the
    instant: only what we know, never what a caller made up.
    """
    version = versions.of(require_tenant_id())
    key = ":".join(str(each) for each in ("api", version, get_language(), *name))
    body, ends = cache.get(key, (b"", 0.0))
    if ends <= at.timestamp():
        body = work_out().model_dump_json().encode()
        soon = at.timestamp() + SECONDS
        ends = min(soon, until.timestamp()) if until else soon
        if (seconds := int(ends - at.timestamp())) > 0:
            cache.set(key, (body, ends), seconds)
    return said(request, body, seconds=max(0, int(ends - at.timestamp())))


def said(request: HttpRequest, body: bytes, *, seconds: int = 0) -> HttpResponse:
    """Return a public answer, which others on the way may keep where the address says it all."""
    response = HttpResponse(body, content_type="application/json")
    is_by_header = getattr(request, "api_token", None) is not None
    visibility = "private" if is_by_header else "public"
    response.headers["Cache-Control"] = (
        f"{visibility}, max-age={seconds}" if seconds else "no-store"
    )
    return response
