"""Addresses of the platform's own hosts."""

from django.conf import settings
from django.utils.functional import lazy

from tenancy.context import PLATFORM_ID, require_tenant_id

PLATFORM_SLUG = "painel"
API_LABEL = "api"
RESERVED_SLUGS = frozenset({PLATFORM_SLUG, API_LABEL, "www", "admin", "static", "media", "mail"})


def platform_host() -> str:
    """Return the host of the operators' console."""
    return f"{PLATFORM_SLUG}.{settings.PLATFORM_DOMAIN}"


def api_host() -> str:
    """Return the host on which API clients name their tenant."""
    return f"{API_LABEL}.{settings.PLATFORM_DOMAIN}"


def staff_host(slug: str) -> str:
    """Return the host of a tenant's admin."""
    return f"{slug}.{platform_host()}"


def base_url(host: str) -> str:
    """Return scheme, host and, where it is not the scheme's own, port."""
    standard = {"http": 80, "https": 443}[settings.PUBLIC_SCHEME]
    port = "" if standard == settings.PUBLIC_PORT else f":{settings.PUBLIC_PORT}"
    return f"{settings.PUBLIC_SCHEME}://{host}{port}"


def staff_base_url() -> str:
    """Return the base URL of the current tenant's admin, for links in mail to its staff."""
    from tenancy.models import Tenant  # noqa: PLC0415 (settings import this module)

    tenant_id = require_tenant_id()
    if tenant_id == PLATFORM_ID:
        return base_url(platform_host())
    return base_url(staff_host(Tenant.objects.only("slug").get(pk=tenant_id).slug))


STAFF_BASE_URL = lazy(staff_base_url, str)()
"""`staff_base_url()` at the moment of use: Wagtail reads it from one setting."""
