"""One question to one of Google's hosts, and what its answer means.

It waits for its turn, is tried again within seconds where the failure may pass, and not asked at
all for a while where a host has failed several times in a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import pybreaker
import requests
import stamina
import structlog
from django.conf import settings
from django.utils import timezone

from reviews.clients.pace import await_turn
from reviews.enums import Refusal
from reviews.google.outcomes import (
    BadRequest,
    Disconnected,
    Gone,
    Later,
    NoAnswer,
    Refused,
    TooMany,
    Unauthenticated,
    Unavailable,
    WrongAddress,
)
from reviews.pauses import forgive, pause

log = structlog.get_logger(__name__)

TIMEOUT = (3.05, 20.0)
"""Seconds to connect, and for an answer."""
ATTEMPTS = 3
TRYING = 30.0
"""Seconds after which nothing is tried again."""
WAIT, LONGEST_WAIT = 0.5, 8.0
REST = 60
"""Seconds for which a host that failed several times in a row is not asked."""
FAILURES = 5
LONGEST_PAUSE = 3600.0
INVALID_GRANT = "invalid_grant"

_session = requests.Session()


@dataclass(frozen=True, slots=True)
class Question:
    """A request; what may be secret or personal is not in what it says of itself."""

    host: str
    path: str = field(repr=False)
    method: str = "GET"
    query: Mapping[str, str | int] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    json: Mapping[str, Any] | None = field(default=None, repr=False)
    token: str = field(default="", repr=False)


@cache
def breaker_of(host: str) -> pybreaker.CircuitBreaker:
    """Return the host's circuit: open, it answers that nobody answers."""
    return pybreaker.CircuitBreaker(
        fail_max=FAILURES, reset_timeout=REST, exclude=[is_no_failure], name=host
    )


def is_no_failure(error: Exception) -> bool:
    """Say whether the host is well, whatever else it said."""
    return isinstance(error, NoAnswer) and not isinstance(error, Unavailable)


def ask(question: Question) -> dict[str, Any]:
    """Return what Google says; raise one of `reviews.google.outcomes`."""
    for attempt in stamina.retry_context(
        on=Unavailable,
        attempts=ATTEMPTS,
        timeout=TRYING,
        wait_initial=WAIT,
        wait_max=LONGEST_WAIT,
        wait_jitter=WAIT,
    ):
        with attempt:
            return _ask_once(question)
    raise AssertionError("An attempt returns or raises.")


def _ask_once(question: Question) -> dict[str, Any]:
    try:
        said: dict[str, Any] = breaker_of(question.host).call(_send, question)
    except pybreaker.CircuitBreakerError:
        raise Later(REST) from None
    except TooMany as error:
        now = timezone.now()
        seconds = pause(question.host, seconds=error.seconds if error.is_told else None, at=now)
        log.warning("google.too_many_requests", host=question.host, seconds=round(seconds))
        raise Later(seconds) from None
    forgive(question.host)
    return said


def _send(question: Question) -> dict[str, Any]:
    await_turn(question.host)
    headers = {"Authorization": f"Bearer {question.token}"} if question.token else {}
    try:
        response = _session.request(
            question.method,
            url_of(question.host, question.path),
            params=question.query,
            data=question.form,
            json=question.json,
            headers=headers,
            timeout=TIMEOUT,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise Unavailable(type(error).__name__) from None
    return _understood(response)


def url_of(host: str, path: str) -> str:
    """Return the address of a path of Google's."""
    base = f"{settings.GOOGLE_BASE_URL}/{host}" if settings.GOOGLE_BASE_URL else f"https://{host}"
    return f"{base}{path}"


def _understood(response: requests.Response) -> dict[str, Any]:
    try:
        said = response.json()
    except ValueError:
        said = None
    if response.ok and isinstance(said, dict):
        return said
    status = response.status_code
    if status == requests.codes.too_many_requests:
        raise pause_of(response.headers.get("Retry-After", ""))
    if response.ok or status >= requests.codes.internal_server_error:
        raise Unavailable(str(status))
    if not isinstance(said, dict):
        raise WrongAddress(str(status))
    raise refused(status, said)


def refused(status: int, said: Mapping[str, Any]) -> NoAnswer:
    """Return what an error means that no repetition mends."""
    error = said.get("error")
    if error == INVALID_GRANT:
        return Disconnected(INVALID_GRANT)
    if not isinstance(error, Mapping):  # as the token's host says it
        return Refused(Refusal.DISABLED)
    if status == requests.codes.unauthorized:
        return Unauthenticated(str(status))
    if status == requests.codes.forbidden:
        return Refused(refusal_of(error))
    return Gone(str(status)) if status == requests.codes.not_found else BadRequest(str(status))


def refusal_of(error: Mapping[str, Any]) -> Refusal:
    """Return why Google will not, as far as it says."""
    details = error.get("details") or ()
    reasons = {each.get("reason") for each in details if isinstance(each, Mapping)}
    if reasons & {"SERVICE_DISABLED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}:
        return Refusal.DISABLED if "SERVICE_DISABLED" in reasons else Refusal.FORBIDDEN
    is_unverified = "verified" in str(error.get("message", "")).lower()
    return Refusal.UNVERIFIED if is_unverified else Refusal.FORBIDDEN


def pause_of(retry_after: str) -> TooMany:
    """Return how long a `Retry-After` asks for, within reason: seconds, or a date."""
    text = retry_after.strip()
    if text.isdecimal():
        return TooMany(min(max(float(text), 1.0), LONGEST_PAUSE))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return TooMany(0.0, is_told=False)
    seconds = (until.astimezone(UTC) - datetime.now(UTC)).total_seconds()
    return TooMany(min(max(seconds, 1.0), LONGEST_PAUSE))
