"""Cloudflare's cache, of which we use one thing: to have it forget pages by their tags.

A call is tried three times within seconds. If the service stays away, further calls fail at once
for a while, so that whoever calls has time for other work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pybreaker
import requests
import stamina
from django.conf import settings

MOST_TAGS = 100
"""Tags of one call."""
TIMEOUT = (3.05, 8.0)
"""Seconds to connect, and for an answer."""
ATTEMPTS = 3
TRYING = 15.0
"""Seconds after which nothing is tried again."""
WAIT = 0.2
"""Seconds before the second try; the third waits longer, and each a bit at random."""
DEFAULT_PAUSE = 60.0
"""Seconds to wait after “too many requests” that does not say how long."""
LONGEST_PAUSE = 600.0


class Unavailable(Exception):
    """No answer, or none that makes sense: the same call may succeed later."""


class Refused(Exception):
    """The service understood, and will not: the token, the zone or the tags are wrong."""


class TooMany(Exception):
    """Nothing may be asked for the next `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Purged:
    """What the service confirmed."""

    tags: int
    request_id: str


breaker = pybreaker.CircuitBreaker(
    fail_max=3, reset_timeout=60, exclude=[Refused, TooMany], name="cloudflare"
)


def purge(tags: Sequence[str]) -> Purged:
    """Have all pages with any of up to 100 tags forgotten; safe to repeat.

    Raises `Unavailable`, `Refused` or `TooMany`.
    """
    if not 0 < len(tags) <= MOST_TAGS:
        raise ValueError(f"{len(tags)} tags: 1 to {MOST_TAGS} fit into a call.")
    try:
        return breaker.call(_purge_with_patience, tuple(tags))
    except pybreaker.CircuitBreakerError as error:
        raise Unavailable(str(error)) from error


def _purge_with_patience(tags: tuple[str, ...]) -> Purged:
    for attempt in stamina.retry_context(
        on=Unavailable, attempts=ATTEMPTS, timeout=TRYING, wait_initial=WAIT
    ):
        with attempt:
            return _purge_once(tags)
    raise AssertionError("An attempt returns or raises.")


def _purge_once(tags: tuple[str, ...]) -> Purged:
    url = f"{settings.CLOUDFLARE_API_URL}/zones/{settings.CLOUDFLARE_ZONE_ID}/purge_cache"
    try:
        response = requests.post(
            url,
            json={"tags": list(tags)},
            headers={"Authorization": f"Bearer {settings.CLOUDFLARE_API_TOKEN}"},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise Unavailable(type(error).__name__) from error
    if response.status_code == requests.codes.too_many_requests:
        raise TooMany(pause_of(response.headers.get("Retry-After", "")))
    return _understood(response, tags)


def _understood(response: requests.Response, tags: tuple[str, ...]) -> Purged:
    """Return what an answer confirms; its envelope counts, whatever its status says."""
    try:
        said: Any = response.json()
        is_success, result, errors = said["success"], said["result"], said["errors"]
    except (ValueError, KeyError, TypeError) as error:
        raise Unavailable(f"{response.status_code}, and no envelope") from error
    if response.ok and is_success is True:
        return Purged(tags=len(tags), request_id=str((result or {}).get("id", "")))
    reason = f"{response.status_code}: {errors}"[:300]
    if response.status_code >= requests.codes.internal_server_error:
        raise Unavailable(reason)
    raise Refused(reason)


def pause_of(retry_after: str) -> float:
    """Return the seconds that a `Retry-After` asks for, within reason."""
    seconds = float(retry_after) if retry_after.strip().isdecimal() else DEFAULT_PAUSE
    return min(max(seconds, 1.0), LONGEST_PAUSE)
