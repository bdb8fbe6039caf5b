"""Who a push comes from: Google's keys, by which it signs, and what the token must say."""

from collections.abc import Mapping
from typing import Any

from cachetools import TTLCache, cached
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from reviews.clients.http import Question, ask
from reviews.google.outcomes import NoAnswer

HOST, PATH = "www.googleapis.com", "/oauth2/v3/certs"
ISSUERS = ["https://accounts.google.com", "accounts.google.com"]
LEEWAY = 60
STRANGE = (JoseError, ValueError, TypeError, RecursionError)
"""What a token raises that is none; some are only odd JSON to whom they meet first."""

_kept: TTLCache[str, KeySet] = TTLCache(maxsize=2, ttl=3600)
_new: TTLCache[str, bool] = TTLCache(maxsize=1, ttl=60)


class NotGoogle(Exception):
    """The token is not of who may push here."""


def check(authorization: str) -> None:
    """Raise `NotGoogle` unless a header has a token of Google's for our subscription.

    Raises `NoAnswer` where Google's keys cannot be had.
    """
    scheme, _space, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not settings.GOOGLE_PUSH_AUDIENCE:
        raise NotGoogle("no token")
    try:
        claims = _decoded(token)
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "values": ISSUERS},
            aud={"essential": True, "value": settings.GOOGLE_PUSH_AUDIENCE},
            exp={"essential": True},
            email={"essential": True, "value": settings.GOOGLE_PUSH_ACCOUNT},
            email_verified={"essential": True, "value": True},
        ).validate(dict(claims))
    except STRANGE as error:
        raise NotGoogle(type(error).__name__) from None


def _decoded(token: str) -> Mapping[str, Any]:
    """Return what a signed token claims; Google's keys are asked anew for one that is unknown."""
    try:
        return jwt.decode(token, keys(settings.GOOGLE_BASE_URL), algorithms=["RS256"]).claims
    except STRANGE:
        if _new.get("asked"):
            raise
    _kept.clear()
    return jwt.decode(token, keys(settings.GOOGLE_BASE_URL), algorithms=["RS256"]).claims


@cached(_kept)
def keys(base_url: str) -> KeySet:
    """Return the keys by which Google signs now; kept for an hour."""
    _new["asked"] = True
    said: Any = ask(Question(HOST, PATH))
    return KeySet.import_key_set(said)


def forget() -> None:
    """Drop the keys that this process holds."""
    _kept.clear()
    _new.clear()


__all__ = ["NoAnswer", "NotGoogle", "check", "forget", "keys"]
