"""Every key of the default cache belongs to a tenant."""

from tenancy.context import require_tenant_id


def tenant_key(key: str, key_prefix: str, version: int | str) -> str:
    """Return a key that no other tenant can read; raise `NoTenant` without one.

    Wagtail keeps all site root paths under one key: with this it is one small entry a tenant.
    """
    return f"{key_prefix}:t{require_tenant_id()}:{version}:{key}"
