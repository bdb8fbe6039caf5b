"""A company's consent: given, and taken back."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from privacy import secrets
from privacy.keys import KeeperError
from privacy.sealing import Tampered
from privacy.secrets import UnknownSecret
from reviews.clients import oauth
from reviews.clients.oauth import SCOPE
from reviews.enums import TRIED, ConnectionState, Refusal
from reviews.google.outcomes import Disconnected, NoAnswer
from reviews.models import Connection, Location, Review
from reviews.services import access, consents
from tenancy import audit
from tenancy.models import User


@sensitive_variables()
def connect(
    *, code: str, verifier: str, redirect_uri: str, at: datetime, actor: User | None = None
) -> Connection:
    """Take up a consent that Google's code stands for.

    Raises `Disconnected` if it lets us do less than we asked for, and what else is in
    `reviews.google.outcomes`.
    """
    given = oauth.exchange(code, verifier=verifier, redirect_uri=redirect_uri)
    if not given.refresh or SCOPE not in given.scopes:
        raise Disconnected("The consent is for less.")
    with transaction.atomic():
        connection, _is_new = Connection.objects.update_or_create(
            defaults={
                "state": ConnectionState.CONNECTED,
                "refusal": Refusal.NONE,
                "connected_at": at,
                "accounts": [],
                "listed_at": None,
                "listing_refusal": Refusal.NONE,
            }
        )
        access.keep(given)  # after the row, which whoever holds old tokens has to lock
        Location.objects.update(rests_until=None)
        Review.objects.filter(sending__in=TRIED, sending_at__gt=at).update(sending_at=at)
        audit.record("reviews.connection.connect", connection, actor=actor)
    return connection


@sensitive_variables()
def disconnect(*, actor: User | None = None) -> None:
    """Give the consent back, and forget its tokens; one that is given meanwhile stays.

    What was read stays until its time is over: see `erasing.expire`. Google is told if it can be.
    """
    consent = consents.current()
    with suppress(UnknownSecret, Tampered, KeeperError, NoAnswer):
        oauth.revoke(secrets.read(access.REFRESH).decode())
    with transaction.atomic():
        held = consents.of(consent).select_for_update().first()
        if held is not None:
            held.delete()
            access.forget()
            audit.record("reviews.connection.disconnect", actor=actor)
