"""How often something may be tried, counted in Redis for all processes together."""

from ipaddress import IPv6Address, ip_address

import structlog
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


MONTH = 30 * 86_400


def allow(key: str, *, limit: int, seconds: int) -> bool:
    """Count one more try under the key, and say whether it is among the `limit` first.

    All are forgotten `seconds` after the first of them, however many follow. Without Redis
    everything is allowed: a throttle that is away must lock nobody out. The key is kept as a
    digest: it may hold addresses.
    """
    tries = count(key, seconds=seconds)
    return tries is None or tries <= limit


def count(key: str, *, seconds: int) -> int | None:
    """Count one more under the key, and return how many there were; None without Redis."""
    try:
        tries: int = caches["platform"].count(_name("tries", key), seconds=seconds)  # type: ignore[attr-defined]  # ours
    except RedisError:
        log.warning("throttle.redis_away")
        return None
    return tries


def trust(key: str) -> None:
    """Remember for a month that the key has done well."""
    try:
        caches["platform"].set(_name("trusted", key), True, MONTH)
    except RedisError:
        log.warning("throttle.redis_away")


def is_trusted(key: str) -> bool:
    """Say whether the key has done well within a month."""
    try:
        return bool(caches["platform"].get(_name("trusted", key)))
    except RedisError:
        return False


def address_of(request: HttpRequest) -> str:
    """Return the network that the request comes from; behind our proxy, the one it has seen.

    In IPv6 that is the /64: whoever has one address there has them all.
    """
    text = str(request.META.get("REMOTE_ADDR", ""))
    if settings.TRUST_PROXY_HEADERS:
        # the last is our proxy's own word, those before it are whoever's
        text = request.headers.get("X-Forwarded-For", text).rpartition(",")[2].strip()
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)


def _name(kind: str, key: str) -> str:
    digest = salted_hmac("tenancy.throttle", key, algorithm="sha256").hexdigest()
    return f"throttle:{kind}:{digest}"
