"""Google's OAuth: the address at which a person consents, and the tokens that come of it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from reviews.clients.http import Question, ask, url_of
from reviews.google.outcomes import Unavailable

CONSENT, TOKENS = "accounts.google.com", "oauth2.googleapis.com"
SCOPE = "https://www.googleapis.com/auth/business.manage"


@dataclass(frozen=True, slots=True)
class Access:
    """A token that opens for `seconds`; `refresh` gets the next ones, "" where it stays."""

    token: str = field(repr=False)
    seconds: int
    refresh: str = field(default="", repr=False)
    scopes: frozenset[str] = frozenset()


def consent_url(*, redirect_uri: str, state: str, challenge: str) -> str:
    """Return where a person says whether we may."""
    query = {
        "client_id": settings.GOOGLE_CLIENT_ID,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": SCOPE,
        "access_type": "offline",
        "prompt": "consent",
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{url_of(CONSENT, '/o/oauth2/v2/auth')}?{urlencode(query)}"


def exchange(code: str, *, verifier: str, redirect_uri: str) -> Access:
    """Return the tokens for the code that a consent gave, once; raise `Disconnected`."""
    return _access(
        grant_type="authorization_code",
        code=code,
        code_verifier=verifier,
        redirect_uri=redirect_uri,
    )


def refresh(token: str) -> Access:
    """Return a new access token; raise `Disconnected` if the consent is over."""
    return _access(grant_type="refresh_token", refresh_token=token)


def revoke(token: str) -> None:
    """Give a consent back."""
    ask(Question(TOKENS, "/revoke", method="POST", form={"token": token}))


def _access(**form: str) -> Access:
    ours = {
        "client_id": settings.GOOGLE_CLIENT_ID,
        "client_secret": settings.GOOGLE_CLIENT_SECRET,
    }
    said: Any = ask(Question(TOKENS, "/token", method="POST", form={**ours, **form}))
    try:
        return Access(
            token=str(said["access_token"]),
            seconds=int(said.get("expires_in") or 0),
            refresh=str(said.get("refresh_token") or ""),
            scopes=frozenset(str(said.get("scope") or "").split()),
        )
    except (KeyError, TypeError, ValueError):
        raise Unavailable("No token in the answer.") from None
