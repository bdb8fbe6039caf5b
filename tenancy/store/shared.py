"""The pages that a release's processes share, in Redis: one entry for a page, replaced in place.

Only pages without a query are there, so a release never has more than there are pages. While Redis
is away nothing is found and nothing is kept (`tenancy.cache.Outage`), and pages are rendered.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import OutOfMemoryError
from redis.exceptions import TimeoutError as RedisSilent
from redis.retry import Retry

from tenancy.cache import outage_of
from tenancy.store.pages import StoredPage
from tenancy.store.release import this_release

log = structlog.get_logger(__name__)
T = TypeVar("T")

PATIENCE = 0.2
"""Seconds for an answer: to render a page takes less than to wait any longer for it."""
LONGEST = 24 * 3600
"""Seconds after which a page that nobody has rendered again is gone, as are those of a release."""
RENDERING = 5
"""Seconds for which one process may keep others from rendering the same page."""
VISITS_LAST = 7 * 24 * 3600
MOST_VISITED = 500
"""Addresses of a tenant whose visits are remembered."""


class Shared:
    """Pages in the Redis at `url`, of one release; what is claimed and counted is all releases'."""

    def __init__(self, url: str, *, release: str | None = None) -> None:
        self._url = url
        self._release = release or this_release()
        self._outage = outage_of(url)

    @cached_property
    def _redis(self) -> Redis:
        """The client; it connects as it is made, so it is when the first question is asked."""
        client: Redis = Redis.from_url(
            self._url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            # a connection that was kept may have been closed by a restart; who is silent, stays so
            retry=Retry(NoBackoff(), 1, supported_errors=(RedisAway,)),
            single_connection_client=True,  # no pool to be asked: half the time of a GET
        )
        return client

    def get(self, host: str, path: str) -> StoredPage | None:
        """Return a page, of whatever version."""
        kept: bytes | None = self._ask(lambda: self._redis.get(self._key(host, path)), None)
        if kept is None:
            return None
        try:
            return StoredPage.from_bytes(kept)
        except (ValueError, KeyError, TypeError) as error:
            log.warning("page_unreadable", reason=str(error))
            return None

    def put(self, host: str, path: str, page: StoredPage, seconds: float) -> None:
        """Keep a page for some seconds."""
        lasts = max(1, int(min(seconds, LONGEST)))
        key, body, list_of_them = self._key(host, path), page.to_bytes(), _all_of(page.tenant_id)

        def send() -> None:
            with self._redis.pipeline(transaction=False) as pipe:
                pipe.sadd(list_of_them, key)
                pipe.expire(list_of_them, LONGEST)
                pipe.set(key, body, ex=lasts)
                pipe.execute()

        self._ask(send, None)

    def forget(self, tenant_id: int) -> bool:
        """Let go of a tenant's pages, whatever they show; False when nobody can say."""
        list_of_them = _all_of(tenant_id)

        def send() -> bool:
            keys = self._redis.smembers(list_of_them)
            self._redis.delete(list_of_them, *keys)
            return True

        return bool(self._ask(send, False))

    def claim(self, host: str, path: str) -> bool:
        """Say whether it falls to this process to render a page; yes, when nobody can say."""
        name = self._claim(host, path)
        return bool(self._ask(lambda: self._redis.set(name, 1, nx=True, ex=RENDERING), True))

    def is_claimed(self, host: str, path: str) -> bool:
        """Say whether some process renders a page; no, when nobody can say."""
        return bool(self._ask(lambda: self._redis.exists(self._claim(host, path)), False))

    def release(self, host: str, path: str) -> None:
        """Say that a page is rendered, or that it cannot be: nobody waits for it any longer."""
        self._ask(lambda: self._redis.delete(self._claim(host, path)), None)

    def claim_once(self, what: str, seconds: int) -> bool:
        """Say whether this process is the first to see to something; no, when nobody can say."""
        return bool(
            self._ask(lambda: self._redis.set(f"page:{what}", 1, nx=True, ex=seconds), False)
        )

    def hold(self, what: str, seconds: int) -> None:
        """Let nobody claim it for some seconds, whoever has it."""
        self._ask(lambda: self._redis.set(f"page:{what}", 1, ex=seconds), None)

    def note(self, what: str, number: int, seconds: int) -> None:
        """Write a number down for some seconds."""
        self._ask(lambda: self._redis.set(f"page:{what}", number, ex=seconds), None)

    def noted(self, what: str) -> int:
        """Return the number that was written down last; 0 if there is none."""
        return int(self._ask(lambda: self._redis.get(f"page:{what}"), None) or 0)

    def unclaim(self, what: str) -> None:
        """Let somebody else claim it at once."""
        self._ask(lambda: self._redis.delete(f"page:{what}"), None)

    def count_visits(self, tenant_id: int, visits: dict[str, int]) -> None:
        """Add to how often a tenant's addresses, as scheme://host/path, were visited."""
        name = f"page:visits:{tenant_id}"

        def send() -> None:
            with self._redis.pipeline(transaction=False) as pipe:
                for address, count in visits.items():
                    pipe.zincrby(name, count, address)
                pipe.zremrangebyrank(name, 0, -MOST_VISITED - 1)
                pipe.expire(name, VISITS_LAST)
                pipe.execute()

        if visits:
            self._ask(send, None)

    def most_visited(self, tenant_id: int) -> list[str]:
        """Return a tenant's addresses, those that were visited most first."""
        name = f"page:visits:{tenant_id}"
        found: list[bytes] = self._ask(lambda: self._redis.zrevrange(name, 0, MOST_VISITED), [])
        return [address.decode() for address in found]

    def _ask(self, ask: Callable[[], Any], otherwise: T) -> Any | T:
        if self._outage.is_on:
            return otherwise
        try:
            return ask()
        except (RedisAway, RedisSilent, OutOfMemoryError) as error:
            self._outage.note(error)
            return otherwise

    def _key(self, host: str, path: str) -> str:
        """Name a page's entry: no process reads what another release has rendered or written."""
        return f"page:{self._release}:{host}{path}"

    def _claim(self, host: str, path: str) -> str:
        return f"{self._key(host, path)}:rendering"


def _all_of(tenant_id: int) -> str:
    return f"page:all:{tenant_id}"
