"""Named reads about tenants."""

from tenancy import hosts
from tenancy.context import require_tenant_id
from tenancy.links import PLATFORM_SLUG, platform_host, staff_host
from tenancy.models import Tenant


def current_tenant() -> Tenant:
    """Return the tenant in scope; raise `NoTenant` without one."""
    return Tenant.objects.get(pk=require_tenant_id())


def tenant_id_of(slug: str) -> int:
    """Return the id of the tenant with that slug. Raises `Tenant.DoesNotExist`.

    Uses the map of hosts, which everybody may read: each tenant has a staff host.
    """
    name = platform_host() if slug == PLATFORM_SLUG else staff_host(slug)
    host = hosts.resolve(name)
    if host is None:
        raise Tenant.DoesNotExist(slug)
    return host.tenant_id
