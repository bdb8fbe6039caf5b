"""Every key of the default cache belongs to a tenant, and no cache empties more than its own."""

import re

from django.core.cache.backends.redis import RedisCache

from tenancy.context import is_bypassing, require_tenant_id

BATCH = 1000


class CacheAcrossTenants(RuntimeError):
    """What was read with all tenants' rows in view must not reach one tenant's cache."""


def tenant_key(key: str, key_prefix: str, version: int | str) -> str:
    """Return a key that no other tenant can read; raise `NoTenant` without one.

    Wagtail keeps all site root paths under one key: with this it is one small entry a tenant.
    """
    if is_bypassing():
        raise CacheAcrossTenants("Leave across_tenants() before touching a tenant's cache.")
    return f"{key_prefix}:t{require_tenant_id()}:{version}:{key}"


class SharedRedisCache(RedisCache):
    """A cache in a Redis database that the broker and other caches use as well."""

    def clear(self) -> None:
        """Delete the keys that this cache can read, in every version, and no others.

        Where keys belong to tenants that means those of the tenant in scope, and without one
        raises `NoTenant`. Django's own would flush the whole database, queued work included.
        """
        client = self._cache.get_client(write=True)
        prefix = re.sub(r"([*?\[\]\\])", r"\\\1", self.key_prefix)
        pattern = self.key_func("*", prefix, "*")
        cursor = -1
        while cursor != 0:
            cursor, keys = client.scan(max(cursor, 0), match=pattern, count=BATCH)
            if keys:
                client.unlink(*keys)

    def count(self, key: str, *, seconds: int) -> int:
        """Count one more under the key, in one step; forgotten `seconds` after the first."""
        name = self.make_and_validate_key(key)
        with self._cache.get_client(name, write=True).pipeline(transaction=True) as pipe:
            pipe.set(name, 0, ex=seconds, nx=True)
            pipe.incr(name)
            _is_first, counted = pipe.execute()
        return int(counted)
