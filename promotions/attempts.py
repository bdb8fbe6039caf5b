"""How often codes may be tried, and when somebody seems to be guessing them.

Whoever answers people calls `may_try` before a service is asked, and `note` with its answer. All is
counted in Redis, for each tenant apart, under digests: without Redis nobody is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import structlog

from promotions.rules.eligibility import Finding, Reason
from tenancy import audit, throttle
from tenancy.context import require_tenant_id

log = structlog.get_logger(__name__)

MINUTE = 60
HOUR = 60 * MINUTE


@dataclass(frozen=True)
class Allowance:
    """How many tries there are in how many seconds."""

    tries: int
    seconds: int


BY_ADDRESS = Allowance(60, 10 * MINUTE)
"""Behind one address there may be a whole house."""
BY_DEVICE = Allowance(30, 10 * MINUTE)
BY_IDENTIFIER = Allowance(10, HOUR)

WATCHED = 5 * MINUTE
LEAST_FAILURES = 50
WORST_SHARE = 0.5
"""Of so many failures in the time that is watched, and at least this share of all tries, no guests
are the cause."""

GUESSES = {Reason.NOT_FOUND, Reason.IDENTIFIER_INVALID}
"""What whoever tries codes at random is answered."""


@dataclass(frozen=True)
class Attempt:
    """Who tries: the network address, the device and the identifier, as far as they are known."""

    address: str
    device: str = ""
    identifier: str = field(default="", repr=False)


def may_try(attempt: Attempt) -> bool:
    """Count one more try, and say whether it is among those that are allowed."""
    return not seconds_to_wait(attempt)


def seconds_to_wait(attempt: Attempt) -> int:
    """Count one more try; return 0 if it is allowed, else after how long surely another one is."""
    counted = (
        ("address", attempt.address, BY_ADDRESS),
        ("device", attempt.device, BY_DEVICE),
        ("identifier", _plain(attempt.identifier), BY_IDENTIFIER),
    )
    waits = [
        0
        if throttle.allow(_key(kind, value), limit=allowance.tries, seconds=allowance.seconds)
        else allowance.seconds
        for kind, value, allowance in counted
        if value
    ]
    return max(waits, default=0)


def note(findings: Iterable[Finding] = ()) -> None:
    """Take notice of an answer; raise the alarm once in a while where most are failures."""
    tries = throttle.count(_key("all", "tries"), seconds=WATCHED)
    if not any(finding.reason in GUESSES for finding in findings):
        return
    failures = throttle.count(_key("all", "failures"), seconds=WATCHED)
    if tries is None or failures is None or failures < LEAST_FAILURES:
        return
    if failures >= tries * WORST_SHARE and throttle.allow(
        _key("all", "alarm"), limit=1, seconds=WATCHED
    ):
        log.error("coupons.guessed_at", tries=tries, failures=failures)
        audit.record("promotions.code.guess", data={"tries": tries, "failures": failures})


def _key(kind: str, value: str) -> str:
    return f"coupons:{require_tenant_id()}:{kind}:{value}"


def _plain(identifier: str) -> str:
    """Return an identifier without what people put between its signs: one person, one count."""
    return "".join(each for each in identifier.casefold() if each.isalnum())
