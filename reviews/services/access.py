"""The tokens of a company's connection: sealed, renewed when they are over."""

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from privacy import secrets
from privacy.keys import KeeperError
from privacy.secrets import UnknownSecret
from reviews.clients import oauth
from reviews.clients.google import Google
from reviews.clients.oauth import Access
from reviews.google.outcomes import Disconnected, Unavailable

ACCESS, REFRESH = "google.access", "google.refresh"
MARGIN = timedelta(minutes=2)


def google() -> Google:
    """Return Google as the company's consent shows it."""
    return Google(access_token)


@sensitive_variables()
def access_token(is_fresh: bool) -> str:
    """Return an access token that is good for some minutes; a new one if `is_fresh`."""
    try:
        if not is_fresh and (kept := _kept()):
            return kept
        access = oauth.refresh(secrets.read(REFRESH).decode())
        keep_access(access)
    except UnknownSecret:
        raise Disconnected("There is no token.") from None
    except KeeperError as error:
        raise Unavailable(type(error).__name__) from None
    return access.token


@sensitive_variables()
def keep(access: Access) -> None:
    """Keep the tokens of a new consent."""
    secrets.keep(REFRESH, access.refresh.encode())
    keep_access(access)


@sensitive_variables()
def keep_access(access: Access) -> None:
    """Keep an access token until it is over."""
    until = timezone.now() + timedelta(seconds=access.seconds)
    secrets.keep(ACCESS, json.dumps([access.token, until.timestamp()]).encode())


def forget() -> None:
    """Forget all tokens."""
    secrets.forget(ACCESS)
    secrets.forget(REFRESH)


@sensitive_variables()
def _kept() -> str:
    try:
        kept: Any = json.loads(secrets.read(ACCESS))
    except UnknownSecret:
        return ""
    token, until = kept
    return str(token) if (timezone.now() + MARGIN).timestamp() < until else ""
