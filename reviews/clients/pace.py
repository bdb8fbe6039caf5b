"""How fast Google's hosts are asked: one bucket for each host, shared by all workers, in Redis.

Whoever asks takes a turn in it, and waits for that turn. So requests leave evenly spaced, and in
no minute are more of them than four fifths of what Google grants.
"""

import time
from datetime import timedelta
from functools import cache
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

from reviews.google.outcomes import Later
from reviews.pauses import paused_until

log = structlog.get_logger(__name__)

SHARE = 0.8
BURST = 4
"""Requests that may follow each other at once, after a while without any."""
PATIENCE = 5.0
"""Seconds for which a worker waits for its turn; after that it does something else."""
WITHOUT_REDIS = 30.0
ANSWER = 1.0

sleep = time.sleep

# Turns are given in the order in which they are asked for; one too far away is not taken.
TAKE = """
local now, space, burst, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], ARGV[4]
local turn = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now - space * burst)
local wait = turn - now
if wait > tonumber(patience) then return tostring(wait) end
redis.call('SET', KEYS[1], string.format('%.6f', turn + space), 'EX', 120)
return tostring(wait)
"""


def await_turn(host: str) -> None:
    """Return when the host may be asked; raise `Later` if that is not within seconds.

    Without Redis nobody knows who else asks, so that nobody does.
    """
    now = timezone.now()
    if until := paused_until(host, at=now):
        raise Later((until - now) / timedelta(seconds=1))
    try:
        wait = take(host, now=now.timestamp())
    except RedisError:
        log.warning("google.redis_away")
        raise Later(WITHOUT_REDIS) from None
    if wait > PATIENCE:
        raise Later(wait)
    if wait > 0:
        sleep(wait)


def take(host: str, *, now: float) -> float:
    """Take the next turn; return the seconds until then, more than `PATIENCE` if it is not taken.

    Turns that are past are lost, but for a few.
    """
    arguments = [f"{now:.6f}", str(space()), str(BURST), str(PATIENCE)]
    answer: Any = _server(settings.REDIS_URL).eval(TAKE, 1, f"google:turn:{host}", *arguments)
    return float(answer)


@cache
def _server(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=ANSWER, socket_connect_timeout=ANSWER)


def space() -> float:
    """Return the seconds between two requests."""
    return 60.0 / (settings.GOOGLE_QUOTA * SHARE)
