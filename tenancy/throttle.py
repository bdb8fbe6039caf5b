"""A limit on how often one address may ask one host for one thing."""

import structlog
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def allows(request: HttpRequest, *, name: str, limit: int, seconds: int) -> bool:
    """Count a request; say whether it is among the first `limit` of its `seconds`.

    While Redis is away everything is allowed, and the log says so. Addresses are kept as keyed
    digests, and no longer than the count.
    """
    who = salted_hmac(f"throttle.{name}", f"{request.get_host()}|{client_address(request)}")
    key = f"throttle:{name}:{who.hexdigest()}"
    cache = caches["platform"]
    try:
        cache.add(key, 0, seconds)
        return cache.incr(key) <= limit
    except RedisError:
        log.warning("throttle.redis_away", name=name)
        return True
    except ValueError:  # the count ended between the two lines: a new one begins
        return True


def client_address(request: HttpRequest) -> str:
    """Return the address that asked; behind a proxy of ours, the one that the proxy saw."""
    seen = request.headers.get("X-Forwarded-For", "") if settings.TRUST_PROXY_HEADERS else ""
    address: str = seen.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return address
