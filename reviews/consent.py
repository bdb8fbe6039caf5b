"""A consent on its way: from this browser's session to Google, and back to the same one.

Google knows one address for all companies, on the platform's host. `state` begins with the slug of
the company whose staff host comes next; what follows is a secret of the session's, good for some
minutes and one return. The verifier (PKCE) never leaves us before the code is exchanged.
"""

import base64
import hashlib
import secrets
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from reviews.clients import oauth
from tenancy import hosts
from tenancy.context import require_tenant_id
from tenancy.links import base_url, platform_host, staff_host
from tenancy.selectors import current_tenant

KEPT_AS = "google_consent"
MINUTES = 15
SEPARATOR = "."


class Begun(NamedTuple):
    """What a session keeps of a consent that was asked for."""

    tenant_id: int
    state: str
    verifier: str
    at: float


class Strange(Exception):
    """Whoever came back is not who was sent, or comes too late."""


def begin(request: HttpRequest, *, at: datetime) -> str:
    """Note in the session that a consent is asked for; return where it is given."""
    state = f"{current_tenant().slug}{SEPARATOR}{secrets.token_urlsafe(32)}"
    begun = Begun(require_tenant_id(), state, secrets.token_urlsafe(48), at.timestamp())
    request.session[KEPT_AS] = list(begun)
    digest = hashlib.sha256(begun.verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return oauth.consent_url(redirect_uri=redirect_uri(), state=state, challenge=challenge)


def returned(request: HttpRequest, *, at: datetime) -> str:
    """Return the verifier of the consent that this session asked for; raise `Strange`. Once."""
    kept = request.session.pop(KEPT_AS, None)
    if kept is None:
        raise Strange("Nobody was sent from here.")
    begun = Begun(*kept)
    is_same = constant_time_compare(begun.state, request.GET.get("state", ""))
    is_ours = begun.tenant_id == require_tenant_id()
    if not (is_same and is_ours) or at.timestamp() - begun.at > MINUTES * 60:
        raise Strange("Another state, another company, or too late.")
    return begun.verifier


def redirect_uri() -> str:
    """Return the one address that Google knows, on the platform's host."""
    return base_url(platform_host()) + reverse("google_returned")


def staff_url(state: str) -> str | None:
    """Return the staff host of the company that a state names, None if there is none."""
    slug = state.partition(SEPARATOR)[0]
    try:
        name = hosts.normalise(staff_host(slug))
    except hosts.BadHost:
        return None
    return base_url(name) if hosts.resolve(name) is not None else None
