"""Keys to one tenant's API: `alc_<tenant id>_<secret>`, of which only a digest is kept."""

import hashlib
import secrets

from django.core.exceptions import ObjectDoesNotExist

from tenancy import hosts
from tenancy.context import require_tenant_id, tenant_scope
from tenancy.links import staff_host
from tenancy.models import ApiToken

PREFIX = "alc"


def issue(*, name: str) -> str:
    """Make a token for the current tenant and return it; it cannot be shown again."""
    secret = secrets.token_urlsafe(32)
    ApiToken.objects.create(name=name, digest=_digest(secret))
    return f"{PREFIX}_{require_tenant_id()}_{secret}"


def find(authorization: str) -> ApiToken | None:
    """Return the token of an `Authorization: Bearer` header, or None if it opens nothing."""
    scheme, _, value = authorization.partition(" ")
    prefix, _, rest = value.strip().partition("_")
    tenant_id, _, secret = rest.partition("_")
    good = scheme.lower() == "bearer" and prefix == PREFIX and _is_id(tenant_id) and secret
    if not good:
        return None
    with tenant_scope(int(tenant_id)):
        try:
            token: ApiToken = ApiToken.objects.get(digest=_digest(secret))
        except ObjectDoesNotExist:
            return None
    return token


def is_for(token: ApiToken, slug: str) -> bool:
    """Say whether the token is good for the tenant of that slug."""
    try:
        host = hosts.resolve(hosts.normalise(staff_host(slug)))
    except hosts.BadHost:
        return False
    return host is not None and not host.is_suspended and host.tenant_id == token.tenant_id


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
