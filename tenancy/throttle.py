"""How often something may be tried, counted in Redis for all processes together."""

import structlog
from django.core.cache import caches
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def allow(key: str, *, limit: int, seconds: int) -> bool:
    """Count one more try under the key, and say whether it is among the `limit` first.

    All are forgotten `seconds` after the first of them, however many follow. Without Redis
    everything is allowed: a throttle that is away must lock nobody out. The key is kept as a
    digest: it may hold addresses.
    """
    name = f"throttle:{salted_hmac('tenancy.throttle', key, algorithm='sha256').hexdigest()}"
    try:
        tries: int = caches["platform"].count(name, seconds=seconds)  # type: ignore[attr-defined]  # ours
    except RedisError:
        log.warning("throttle.redis_away")
        return True
    return tries <= limit
