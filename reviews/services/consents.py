"""The consent under which Google is asked: what it answers to an old one counts for no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from reviews.enums import ConnectionState, Refusal
from reviews.google.outcomes import Disconnected, Later, NoAnswer
from reviews.models import Connection
from tenancy import audit

Consent = tuple[UUID, datetime]
"""A connection's row, and when somebody consented to it: each new consent is another."""


def current() -> Consent | None:
    """Return the company's consent, None if there is none. Look before you take its tokens."""
    found: Consent | None = Connection.objects.values_list("pk", "connected_at").first()
    return found


def of(consent: Consent | None) -> "QuerySet[Connection]":
    """Return the company's connection, as long as it is by that consent."""
    if consent is None:
        return Connection.objects.none()
    key, at = consent
    return Connection.objects.filter(pk=key, connected_at=at)


@contextmanager
def under_one() -> Iterator[Consent | None]:
    """Have a consent that turns out to be over be over: the one of the beginning, and no other.

    Whatever Google does not answer while there is a new one raises `Later(0)`: it may have been
    said to the old one, and is to be asked again.
    """
    consent = current()
    try:
        yield consent
    except NoAnswer as error:
        if current() not in {None, consent}:
            raise Later(0) from None
        if isinstance(error, Disconnected):
            expire(consent)
        raise


def expire(consent: Consent | None) -> None:
    """Write down that a consent is over: nothing is asked until there is another."""
    connected = of(consent).exclude(state=ConnectionState.EXPIRED)
    if connected.update(state=ConnectionState.EXPIRED, refusal=Refusal.NONE):
        audit.record("reviews.connection.expire")
