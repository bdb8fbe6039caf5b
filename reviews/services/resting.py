"""Who may begin with a location, and when it is left alone after what Google said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.db.models import Q

from reviews.enums import (
    ASKABLE,
    OPEN_RUNS,
    ConnectionState,
    LocationState,
    Refusal,
    RunState,
    Source,
)
from reviews.google.outcomes import (
    BadRequest,
    Disconnected,
    Gone,
    Later,
    Refused,
    Unavailable,
    WrongAddress,
)
from reviews.models import Connection, ImportRun, Location
from reviews.services import consents

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
"""After which whoever began with a location is thought dead."""
AFTER_FAILURE = timedelta(minutes=10)
AFTER_WRONG_ADDRESS = timedelta(hours=1)
AFTER_REFUSAL = timedelta(days=1)


def begin(location_id: str, *, at: datetime) -> Location | None:
    """Return a location for whoever asks first; None while it rests, or is nobody's to read."""
    if not Connection.objects.filter(state__in=ASKABLE).exists():
        return None
    is_free = Q(rests_until__isnull=True) | Q(rests_until__lte=at)
    free = Location.objects.filter(
        is_free, pk=location_id, source=Source.GOOGLE, property_id__isnull=False
    )
    if not free.update(rests_until=at + LEASE):
        return None
    return Location.objects.get(pk=location_id)


def extend(location: Location, *, at: datetime) -> None:
    """Say that whoever began is still at it."""
    Location.objects.filter(pk=location.pk).update(rests_until=at + LEASE)


def rest(location: Location, until: datetime | None) -> None:
    """Have nobody begin with a location before an instant."""
    Location.objects.filter(pk=location.pk).update(rests_until=until)


@contextmanager
def until_later(location: Location, clock: Callable[[], datetime]) -> Iterator[None]:
    """Give the location back at the end, to rest as long as what Google said asks for."""
    rests = timedelta(0)
    try:
        with consents.under_one():
            yield
    except Later as error:
        rests = timedelta(seconds=error.seconds)
    except (Unavailable, BadRequest) as error:
        log.warning("reviews.unavailable", location=str(location.pk), reason=str(error))
        rests = AFTER_FAILURE
    except WrongAddress as error:
        log.error("reviews.wrong_address", location=str(location.pk), reason=str(error))
        rests = AFTER_WRONG_ADDRESS
    except Refused as error:
        refuse(location, error.refusal)
        rests = AFTER_REFUSAL
    except Disconnected:
        log.info("reviews.disconnected", location=str(location.pk))
    except Gone:
        # no longer where it was: the next to begin asks for a list of where all are
        lose(location, at=clock())
    rest(location, clock() + rests if rests else None)


def refuse(location: Location, refusal: Refusal) -> None:
    """Write down why Google will not: for one location, or for the company as a whole."""
    log.warning("reviews.refused", location=str(location.pk), refusal=refusal.value)
    if refusal == Refusal.DISABLED:
        Connection.objects.update(state=ConnectionState.REFUSED, refusal=refusal)
    else:
        state = LocationState.LOST if refusal == Refusal.MISSING else LocationState.REFUSED
        Location.objects.filter(pk=location.pk).update(state=state, refusal=refusal)


def lose(location: Location, *, at: datetime) -> None:
    """Write down that a location is not where it was; what was being read of it there ends."""
    Location.objects.filter(pk=location.pk).update(
        state=LocationState.LOST, refusal=Refusal.MISSING
    )
    ImportRun.objects.filter(location=location, state__in=OPEN_RUNS).update(
        state=RunState.BROKEN_OFF, ended_at=at, page_token=""
    )


def note_success(location: Location) -> None:
    """Write down that Google answers again."""
    Connection.objects.filter(state=ConnectionState.REFUSED).update(
        state=ConnectionState.CONNECTED, refusal=Refusal.NONE
    )
    Location.objects.filter(pk=location.pk).exclude(state=LocationState.FINE).update(
        state=LocationState.FINE, refusal=Refusal.NONE
    )
