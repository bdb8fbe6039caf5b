"""What a view says of its answer while it is being made: that it may be kept, and how long.

Nothing is kept that no view has said so of.
"""

import functools
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from tenancy.context import require_tenant_id
from tenancy.store.facts import facts
from tenancy.store.versions import versions

T = TypeVar("T")

DRAFT = "alcova.draft"
"""Where the WSGI environment of a request that the store may keep has its draft."""

ASKED = "alcova.query"
"""Where it has the query as it was sent."""


@dataclass(slots=True)
class Draft:
    """What is known of an answer before it is kept.

    `version` is the one that was present before anything was read: if the content changes while
    the page is rendered, the page is old when it is kept, and not served.
    """

    tenant_id: int | None = None
    version: int = 0
    parameters: tuple[str, ...] | None = None
    until: float | None = None
    tags: list[str] = field(default_factory=list)


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let the page store keep what a view answers, once the view has called `depends_on`.

    The answer must be the same for every guest: of the request, the view may read the host, the
    path, and the parameters that it declares.
    """

    @functools.wraps(view)
    def begun(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if (draft := draft_of(request)) is not None:
            draft.tenant_id = require_tenant_id()
            draft.version = versions.of(draft.tenant_id)
        return view(request, *args, **kwargs)

    return begun


def depends_on(request: HttpRequest, *parameters: str) -> None:
    """Declare the query's parameters that an answer depends on, and take away all others.

    Blank ones are taken away as well. Without any, the answer is the same whatever is asked.
    """
    asked = QueryDict(request.META.setdefault(ASKED, request.META.get("QUERY_STRING", "")))
    query = QueryDict(reduced(asked.lists(), parameters))
    request.GET = query
    request.META["QUERY_STRING"] = query.urlencode()
    if (draft := draft_of(request)) is not None:
        draft.parameters = parameters


def reduced(lists: Iterable[tuple[str, list[Any]]], parameters: tuple[str, ...]) -> str:
    """Return a query of declared parameters alone, always in the same order."""
    asked = dict(lists)
    pairs = [(name, value) for name in parameters for value in asked.get(name, ()) if value]
    return urlencode(pairs)


def changes_at(request: HttpRequest, instant: datetime | None) -> None:
    """Say when what an answer shows becomes another by the clock; the earliest counts."""
    draft = draft_of(request)
    if draft is None or instant is None:
        return
    moment = instant.timestamp()
    draft.until = moment if draft.until is None else min(draft.until, moment)


def known(request: HttpRequest, name: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` returns: for guests' pages, asked once for a version of the content.

    Only what is the same for all of a tenant's requests but for the name, and is not changed by
    whoever gets it. Where versions are not followed, in the admin and in previews, it is read.
    """
    draft = draft_of(request)
    if draft is None or draft.tenant_id is None:
        return read()
    return facts.get(draft.tenant_id, draft.version, name, read)


def tag(request: HttpRequest, *tags: str) -> None:
    """Name what an answer shows, for those who purge a CDN by names."""
    if (draft := draft_of(request)) is not None:
        draft.tags.extend(tags)


def draft_of(request: HttpRequest) -> Draft | None:
    """Return the draft of a guest's request; previews have none."""
    if getattr(request, "is_dummy", False) or getattr(request, "as_of", None):
        return None
    draft: Draft | None = request.META.get(DRAFT)
    return draft


def is_drafted(request: HttpRequest) -> bool:
    """Say whether the store waits for the answer as it was rendered, to compress it itself."""
    draft = draft_of(request)
    return draft is not None and draft.tenant_id is not None
