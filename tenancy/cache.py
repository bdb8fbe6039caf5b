"""Every key of the default cache belongs to a tenant, and no cache empties more than its own.

While Redis is away or full, nothing is found and nothing is kept: pages are slower, not wrong.
"""

import re
import time
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import OutOfMemoryError, RedisError
from redis.exceptions import TimeoutError as RedisSilent
from redis.retry import Retry

from tenancy.context import is_bypassing, require_tenant_id

log = structlog.get_logger(__name__)
T = TypeVar("T")

BATCH = 1000
PATIENCE = 1.0
"""Seconds for an answer; a cache that takes longer is none."""
REST, LONGEST_REST = 1.0, 8.0
"""Seconds without a question after one that was not answered, and after many in a row."""
SILENCE = 10.0
"""Seconds without a second line in the log."""


class CacheAcrossTenants(RuntimeError):
    """What was read with all tenants' rows in view must not reach one tenant's cache."""


def tenant_key(key: str, key_prefix: str, version: int | str) -> str:
    """Return a key that no other tenant can read; raise `NoTenant` without one.

    Wagtail keeps all site root paths under one key: with this it is one small entry a tenant.
    """
    if is_bypassing():
        raise CacheAcrossTenants("Leave across_tenants() before touching a tenant's cache.")
    return f"{key_prefix}:t{require_tenant_id()}:{version}:{key}"


class Outage:
    """What this process knows of a Redis that does not answer."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rests_until = self._silent_until = 0.0
        self._rest = REST

    @property
    def is_on(self) -> bool:
        return time.monotonic() < self._rests_until

    def note(self, error: RedisError) -> None:
        """Rest for a while, longer each time in a row, and say so once in a while."""
        now = time.monotonic()
        with self._lock:
            if now >= self._rests_until:  # else somebody who had asked before it was known
                is_in_a_row = now < self._rests_until + LONGEST_REST
                self._rest = min(2 * self._rest, LONGEST_REST) if is_in_a_row else REST
            is_news = now >= self._silent_until
            self._silent_until = now + SILENCE if is_news else self._silent_until
            self._rests_until = now + self._rest
        if is_news:
            log.warning("cache.away", error=str(error))


@cache
def outage_of(server: str) -> Outage:
    """Return the one of that server: threads and caches learn of it from each other."""
    return Outage()


class ForgivingClient(RedisCacheClient):
    """A client for which Redis that is away is an empty cache.

    What `add` and `incr` answer decides about locks and counters: they still raise. What
    deletes is always tried, so that nothing old survives a short outage without need.
    """

    def __init__(self, servers: list[str], **options: Any) -> None:
        patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        # one more try: a connection that was kept may have been closed by a restart
        super().__init__(servers, **{"retry": Retry(NoBackoff(), 1), **patience, **options})
        self._outage = outage_of(servers[0])

    def get(self, key: Any, default: Any) -> Any:
        return self._unless_away(lambda: super(ForgivingClient, self).get(key, default), default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._unless_away(lambda: super(ForgivingClient, self).set(key, value, timeout), None)

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._unless_away(lambda: super(ForgivingClient, self).touch(key, timeout), False)

    def has_key(self, key: Any) -> bool:
        return self._unless_away(lambda: super(ForgivingClient, self).has_key(key), False)

    def get_many(self, keys: Any) -> dict[Any, Any]:
        return self._unless_away(lambda: super(ForgivingClient, self).get_many(keys), {})

    def set_many(self, data: Any, timeout: Any) -> None:
        self._unless_away(lambda: super(ForgivingClient, self).set_many(data, timeout), None)

    def delete(self, key: Any) -> bool:
        return self._forgiving(lambda: super(ForgivingClient, self).delete(key), False)

    def delete_many(self, keys: Any) -> None:
        self._forgiving(lambda: super(ForgivingClient, self).delete_many(keys), None)

    def _unless_away(self, ask: Callable[[], T], otherwise: T) -> T:
        return otherwise if self._outage.is_on else self._forgiving(ask, otherwise)

    def _forgiving(self, ask: Callable[[], T], otherwise: T) -> T:
        try:
            return ask()
        except (RedisAway, RedisSilent, OutOfMemoryError) as error:
            self._outage.note(error)
            return otherwise


class SharedRedisCache(RedisCache):
    """A cache in a Redis database that the broker and other caches use as well."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient

    def get_or_set(
        self, key: str, default: Any, timeout: Any = None, version: int | None = None
    ) -> Any:
        """Return what is kept, or what `default` is or makes, and keep that where possible."""
        missing = object()
        value = self.get(key, missing, version=version)
        if value is missing:
            value = default() if callable(default) else default
            self.set(key, value, timeout=timeout, version=version)
        return value

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
