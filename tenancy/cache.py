"""Every key of the default cache belongs to a tenant."""

from tenancy.context import is_bypassing, require_tenant_id


class CacheAcrossTenants(RuntimeError):
    """What was read with all tenants' rows in view must not reach one tenant's cache."""


def tenant_key(key: str, key_prefix: str, version: int | str) -> str:
    """Return a key that no other tenant can read; raise `NoTenant` without one.

    Wagtail keeps all site root paths under one key: with this it is one small entry a tenant.
    """
    if is_bypassing():
        raise CacheAcrossTenants("Leave across_tenants() before touching a tenant's cache.")
    return f"{key_prefix}:t{require_tenant_id()}:{version}:{key}"
