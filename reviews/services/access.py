"""The tokens of a company's connection: sealed, renewed when they are over."""

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from privacy import secrets
from privacy.keys import KeeperError
from privacy.sealing import Tampered
from privacy.secrets import Contended, UnknownSecret
from reviews.clients import oauth
from reviews.clients.google import Google
from reviews.clients.oauth import Access
from reviews.google.outcomes import Disconnected, Unavailable
from reviews.services import consents
from reviews.services.consents import Consent

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
        consent = consents.current()
        access = oauth.refresh(secrets.read(REFRESH).decode())
        keep_next(access, consent)
    except (UnknownSecret, Tampered):
        raise Disconnected("There is no token.") from None
    except (KeeperError, Contended) as error:
        raise Unavailable(type(error).__name__) from None
    return access.token


@sensitive_variables()
def keep(access: Access) -> None:
    """Keep the tokens of a new consent, in the order in which all lock them: by their names."""
    _write(access)
    secrets.keep(REFRESH, access.refresh.encode())


@sensitive_variables()
@transaction.atomic
def keep_next(access: Access, consent: Consent | None) -> None:
    """Keep a consent's next access token until it is over, unless the consent has ended."""
    if consents.of(consent).select_for_update().first() is not None:
        _write(access)


@sensitive_variables()
def _write(access: Access) -> None:
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
