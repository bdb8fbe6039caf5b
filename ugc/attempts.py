"""How often guests may send something, and the work that they prove instead of who they are.

Challenges are signed and short-lived, and each is good for one answer; nothing is remembered of
who has asked for one. Whoever sends no proof (no script) may send less often. All is counted in
Redis, for each tenant apart, under digests: without Redis nobody is refused.
"""

import secrets
from dataclasses import dataclass

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from tenancy import throttle
from tenancy.context import require_tenant_id
from tenancy.throttle import address_of
from ugc.rules.proof import is_proof

HOUR = 3600
CHALLENGE_SECONDS = 2 * HOUR
"""A page may be open for long before its form is sent."""


@dataclass(frozen=True)
class Allowance:
    """How many there may be in an hour: from one address, and from all together."""

    by_address: int
    by_all: int | None = None


UPLOADED = Allowance(by_address=40)
"""Bodies that are read. From all together there are as many as come: whoever sends rubbish from
many addresses would else keep guests away."""
PROVEN = Allowance(by_address=20, by_all=300)
UNPROVEN = Allowance(by_address=4, by_all=40)
ASKED = Allowance(by_address=120, by_all=6000)
ANSWERED = Allowance(by_address=300, by_all=6000)
"""Links that are followed: guessing a secret of 256 bits is hopeless anyway."""


def challenge() -> str:
    """Return a new challenge."""
    return _signer().sign(secrets.token_urlsafe(12))


def is_ours(given: str) -> bool:
    """Say whether a challenge is one of ours, and not too old."""
    try:
        _signer().unsign(given, max_age=CHALLENGE_SECONDS)
    except BadSignature:
        return False
    return True


def proves(given: str, answer: str) -> bool:
    """Say whether the answer proves the work for a challenge of ours, for the first time."""
    if not is_ours(given) or not is_proof(given, answer):
        return False
    return throttle.allow(_key("challenge", given), limit=1, seconds=CHALLENGE_SECONDS)


def may_upload(request: HttpRequest) -> bool:
    """Count one more body, and say whether it may be read."""
    return _allows("uploaded", request, UPLOADED)


def may_send(request: HttpRequest, *, is_proven: bool) -> bool:
    """Count one more, and say whether it is among those that are allowed."""
    kind, allowance = ("proven", PROVEN) if is_proven else ("unproven", UNPROVEN)
    return _allows(kind, request, allowance)


def may_ask(request: HttpRequest) -> bool:
    """Count one more challenge."""
    return _allows("asked", request, ASKED)


def may_follow(request: HttpRequest) -> bool:
    """Count one more link that is followed."""
    return _allows("followed", request, ANSWERED)


def _allows(kind: str, request: HttpRequest, allowance: Allowance) -> bool:
    counted = (
        (_key(kind, address_of(request)), allowance.by_address),
        (_key(kind, "all"), allowance.by_all),
    )
    return all(
        throttle.allow(key, limit=most, seconds=HOUR) for key, most in counted if most is not None
    )


def _key(kind: str, value: str) -> str:
    return f"ugc:{require_tenant_id()}:{kind}:{value}"


def _signer() -> TimestampSigner:
    return TimestampSigner(sep=".", salt=f"ugc.challenge:{require_tenant_id()}")
