"""A request's way into its tenant's scope."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import translation

from tenancy import hosts, tokens
from tenancy.api import problems
from tenancy.api.languages import asked_language
from tenancy.api.problems import FORBIDDEN, UNAUTHORIZED, Problem
from tenancy.context import current_tenant_id, tenant_scope
from tenancy.enums import HostKind
from tenancy.hosts import BadHost, Host, NotReady

log = structlog.get_logger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class TenantMiddleware:
    """Comes first, and lets nothing run before it is known for whom.

    1. The host is normalised and looked up; a stranger gets a plain 421.
    2. A suspended tenant's hosts answer 503, and so do all before there is a schema.
    3. An alias redirects to its primary host, path and query kept.
    4. A path that this kind of host does not serve is a 404.
    5. On the API host the tenant is the one that `X-Tenant` names and the token is good for.
    6. The rest runs in the tenant's scope, streamed bodies included.

    Wagtail's preview sends a dummy request through here, inside an editor's: it may not leave
    the editor's tenant, and is not redirected.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            host = self.find(request)
        except NotReady as error:
            log.warning("hosts_not_ready", reason=str(error).partition("\n")[0])
            return unavailable(seconds=10)
        if host is None or self.strays(request, host):
            return misdirected()
        if host.is_suspended:
            return unavailable(seconds=3600)
        if host.redirect_to and not getattr(request, "is_dummy", False):
            return to_primary(request, host)
        if not serves(host, request.path_info):
            return self.not_here(request, host)
        if host.kind == HostKind.API:
            return self.as_api_client(request)
        return self.in_scope(request, host.tenant_id)

    @staticmethod
    def find(request: HttpRequest) -> Host | None:
        """Return the request's host; from here on the request shows its normalised name."""
        try:
            raw = request.get_host()
            name = hosts.normalise(raw)
        except (BadHost, DisallowedHost):
            return None
        port = raw.rsplit(":", 1)[1] if raw.rsplit(":", 1)[-1].isdigit() and ":" in raw else ""
        header = "HTTP_X_FORWARDED_HOST" if settings.USE_X_FORWARDED_HOST else "HTTP_HOST"
        if header in request.META:
            request.META[header] = f"{name}:{port}" if port else name
        return hosts.resolve(name)

    @staticmethod
    def strays(request: HttpRequest, host: Host) -> bool:
        """Say whether a dummy request would leave the tenant of the request around it."""
        is_dummy = getattr(request, "is_dummy", False)
        return is_dummy and host.tenant_id != current_tenant_id()

    def not_here(self, request: HttpRequest, host: Host) -> HttpResponse:
        if host.kind == HostKind.STAFF and request.path_info == "/":
            return HttpResponseRedirect("/admin/")
        return HttpResponseNotFound("404 Not Found\n", content_type="text/plain")

    def as_api_client(self, request: HttpRequest) -> HttpResponseBase:
        """Enter the tenant that the token is good for, if it is the one that is asked for."""
        token = tokens.find(request.headers.get("Authorization", ""))
        with translation.override(asked_language(request)):
            if token is None:
                headers = {"WWW-Authenticate": "Bearer"}
                return problems.answer(request, Problem(UNAUTHORIZED, headers=headers))
            if not tokens.is_for(token, request.headers.get("X-Tenant", "")):
                return problems.answer(request, Problem(FORBIDDEN))
        request.api_token = token  # type: ignore[attr-defined]  # ours
        return self.in_scope(request, int(token.tenant_id or 0))

    def in_scope(self, request: HttpRequest, tenant_id: int) -> HttpResponseBase:
        with tenant_scope(tenant_id):
            request.tenant_id = tenant_id  # type: ignore[attr-defined]  # ours
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            chunks: Any = response.streaming_content
            response.streaming_content = in_scope_of(tenant_id, chunks)
        return response


def serves(host: Host, path: str) -> bool:
    """Say whether this kind of host answers under the path."""
    prefixes: dict[str, Any] = settings.HOST_PATHS[host.kind]
    if any(path == p.rstrip("/") or path.startswith(p) for p in prefixes.get("refused", ())):
        return False
    allowed = prefixes.get("allowed")
    return allowed is None or any(path == p.rstrip("/") or path.startswith(p) for p in allowed)


def in_scope_of(tenant_id: int, chunks: Iterable[Any]) -> Iterator[bytes]:
    """Yield the chunks, each made inside the tenant's scope."""
    iterator = iter(chunks)
    while True:
        with tenant_scope(tenant_id):
            chunk = next(iterator, None)
        if chunk is None:
            return
        yield chunk


def misdirected() -> HttpResponse:
    """Answer a host that is nobody's, and name nothing (RFC 9110, 15.5.20)."""
    return HttpResponse("421 Misdirected Request\n", status=421, content_type="text/plain")


def unavailable(*, seconds: int) -> HttpResponse:
    """Answer for a tenant that is not served at present; it may be asked for again then."""
    response = HttpResponse("503 Service Unavailable\n", status=503, content_type="text/plain")
    response.headers["Retry-After"] = str(seconds)
    return response


def to_primary(request: HttpRequest, host: Host) -> HttpResponse:
    """Redirect an alias to its property's primary host, for good."""
    # the port that the client knows of: behind a proxy, the server's own is another
    _name, colon, port = request.get_host().partition(":")
    url = f"{request.scheme}://{host.redirect_to}{colon}{port}{request.get_full_path()}"
    return HttpResponsePermanentRedirect(url)
