"""What a notification hints at: one review is asked for, and written as Google has it."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from reviews.enums import ASKABLE, Source
from reviews.google.outcomes import Gone, NoAnswer
from reviews.models import Connection, Location
from reviews.services.access import google
from reviews.services.storing import store


def follow(*, location_id: str, key: str, clock: Callable[[], datetime] = timezone.now) -> None:
    """Ask for the review that a notification names.

    If Google does not say, the newest are read at the next turn; if it is not there, all of them:
    a hint proves nothing.
    """
    tied = Location.objects.filter(source=Source.GOOGLE, property_id__isnull=False)
    location = tied.filter(pk=location_id).first()
    if location is None or not Connection.objects.filter(state__in=ASKABLE).exists():
        return
    asked_at = clock()
    try:
        found = google().review(f"{location.parent}/reviews/{key}")
    except Gone:
        Location.objects.filter(pk=location.pk).update(sweep_due_at=asked_at)
    except NoAnswer:
        Location.objects.filter(pk=location.pk).update(newest_due_at=asked_at)
    else:
        store(location, [found], asked_at=asked_at)
