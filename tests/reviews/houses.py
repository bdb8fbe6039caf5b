"""Companies that are connected to the fake, and what there is to compare."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from reviews.clients.oauth import Access
from reviews.enums import Erasure
from reviews.models import Connection, Location, Reply, Review
from reviews.services import access, placing
from reviews.tasks import read_due
from tenancy.context import no_tenant
from tenancy.models import Property
from tests.fakes import google as fake

THANKS = "Obrigado pela visita!"
JANUARY = datetime(2026, 1, 1, 12, tzinfo=UTC)


def connect(google: fake.World, *accounts: str) -> str:
    """Have the tenant in scope consent for some accounts; return the refresh token."""
    refresh = google.grant(*accounts)
    access.keep(Access(token="", seconds=0, refresh=refresh))
    Connection.objects.create()
    return refresh


def tied(google: fake.World, slug: str = "lua", place: str = "10") -> Location:
    """List the locations, and tie one to a property."""
    placing.list_locations(at=timezone.now())
    location = Location.objects.get(name=f"locations/{place}")
    placing.tie(location=location, house=Property.objects.get(slug=slug), at=timezone.now())
    return location


def say(place: fake.Location, *keys: str, stars: str = "FIVE", **given: Any) -> None:
    """Have a guest say something for each key, each a minute later than the one before."""
    begun = max((each.updated for each in place.reviews.values()), default=JANUARY)
    for number, key in enumerate(keys, 1):
        at = begun + timedelta(minutes=number)
        values = {"original": f"Texto {key}", "author": f"Pessoa {key}", **given}
        place.reviews[key] = fake.Review(key, stars, created=at, updated=at, **values)


def published(review: Review, text: str = THANKS) -> Reply:
    """Publish a reply, or other words of it."""
    reply = Reply.objects.filter(review=review).first() or Reply(review=review, live=False)
    reply.text = text
    reply.save()
    reply.save_revision().publish()
    reply.refresh_from_db()
    return reply


def look(review: Review) -> str:
    """Do what is due, as the schedule does; return how far the reply is."""
    with no_tenant():
        read_due()
    review.refresh_from_db()
    return review.sending


def later(review: Review, clock: Any, **lasting: float) -> str:
    """Do what is due after a while."""
    clock.pass_(**lasting)
    return look(review)


def truth(place: fake.Location) -> list[tuple[Any, ...]]:
    """Return what Google has of a location."""
    return sorted(
        (
            each.id,
            each.stars,
            each.original,
            "" if each.is_anonymous else each.author,
            each.updated,
            each.reply.comment if each.reply else "",
            each.reply.state if each.reply else "",
        )
        for each in place.reviews.values()
    )


def stored(location: Location) -> list[tuple[Any, ...]]:
    """Return what we have of a location that is not gone."""
    rows = Review.objects.filter(location=location, erasure=Erasure.NONE, absences=0)
    return sorted(
        rows.values_list(
            "key", "rating", "original", "author", "changed_at", "reply_original", "reply_state"
        )
    )
