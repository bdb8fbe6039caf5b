"""Which locations a company has on Google, and which of its properties each of them is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reviews.enums import LocationState, Refusal, Source
from reviews.google.outcomes import Later, NoAnswer, Refused
from reviews.google.payloads import Place
from reviews.models import Location
from reviews.services import consents
from reviews.services.access import google
from reviews.services.showing import refresh, withdraw
from tenancy import audit
from tenancy.models import Property, User

log = structlog.get_logger(__name__)

SAID = ("account", "name", "title", "place_id", "maps_url", "state", "refusal")
"""What Google says of a location: the rest is the house's, and of whoever reads it just now."""


def list_locations(*, at: datetime) -> int:
    """Ask Google for all locations of the company; return how many there are.

    Raises what is in `reviews.google.outcomes`; `Later` if the consent is over meanwhile.
    What is no longer listed stays as it is: whoever reads it will be told.
    """
    with consents.under_one() as consent:
        client = google()
        accounts = list(client.accounts())
        places = [place for name, _title in accounts for place in client.locations(name)]
    titles = [title or name for name, title in accounts]
    with transaction.atomic():
        listed = {"accounts": titles, "listed_at": at, "listing_refusal": Refusal.NONE}
        if not consents.of(consent).update(**listed):
            raise Later(0)
        for place in places:
            note(place)
    return len(places)


def relist(*, at: datetime) -> None:
    """Ask for all locations, and write down why Google will not list them.

    Where it only does not answer now, somebody will ask again.
    """
    consent = consents.current()
    try:
        list_locations(at=at)
    except Refused as error:
        log.warning("reviews.locations_refused", refusal=error.refusal.value)
        consents.of(consent).update(listing_refusal=error.refusal)
    except NoAnswer as error:
        log.warning("reviews.locations_unlisted", reason=type(error).__name__)


def find_again(location: Location) -> bool:
    """Look for a location in all accounts, and write down where it is; False if it is nowhere."""
    client = google()
    for account, _title in client.accounts():
        if place := match(location, client.locations(account)):
            write(location, place)
            return True
    return False


def match(location: Location, places: Iterable[Place]) -> Place | None:
    """Return the place that a location is: by its name, or where it is on the map."""
    for place in places:
        if place.name == location.name or (place.place_id and place.place_id == location.place_id):
            return place
    return None


def note(place: Place) -> None:
    """Write down what Google says of a location, whether it is known or not."""
    known = list(Location.objects.filter(source=Source.GOOGLE))
    location = next((each for each in known if match(each, [place])), None)
    write(location or Location(source=Source.GOOGLE), place)


def write(location: Location, place: Place) -> None:
    """Write what Google says of a location into its row; what was refused may be asked again."""
    location.account, location.name = place.account, place.name
    location.title, location.place_id = place.title[:200], place.place_id
    location.maps_url = place.maps_url
    is_refused = not place.is_verified
    location.state = LocationState.REFUSED if is_refused else LocationState.FINE
    location.refusal = Refusal.UNVERIFIED if is_refused else Refusal.NONE
    location.save(update_fields=None if location._state.adding else SAID)


@transaction.atomic
def tie(
    *, location: Location, house: Property | None, at: datetime, actor: User | None = None
) -> None:
    """Have a location be one of the company's properties, or none; all of it is read soon.

    Raises ValidationError if the property is another location already.
    """
    key = house.pk if house else None
    others = Location.objects.filter(source=location.source, property_id=key)
    if house is not None and others.exclude(pk=location.pk).exists():
        raise ValidationError(_("Esta casa já está ligada a outro perfil."))
    if location.property_id is not None:
        withdraw(location)
    location.property_id = key
    location.sweep_due_at, location.newest_due_at = (at if house else None), None
    location.save(update_fields=["property_id", "sweep_due_at", "newest_due_at"])
    refresh(location)
    data: dict[str, Any] = {"property": str(key) if key else None}
    audit.record("reviews.location.tie", location, actor=actor, data=data)


def read_soon(*, location: Location, at: datetime) -> None:
    """Have all of a location be read again now, as far as Google lets us."""
    Location.objects.filter(pk=location.pk).update(sweep_due_at=at)
