"""What guests may see of a property's reviews has changed, or has not: the row that says so."""

import hashlib
import json

from django.db.models import QuerySet

from reviews.enums import Source
from reviews.models import Location, Review, ReviewSummary
from tenancy.models import Property

SHOWN = (
    "key", "stars", "original", "translation", "author", "written_at", "reply_original",
    "reply_translation", "reply_state", "is_featured", "tags",
)  # fmt: skip
"""What a page may show of a review."""


def refresh(location: Location) -> None:
    """Write what pages may show of a location in short; pages are new if that is another now."""
    if location.property_id is None:
        return
    if not Property.objects.filter(pk=location.property_id).exists():
        return
    location.refresh_from_db(fields=["average", "total", "maps_url"])
    ReviewSummary.objects.update_or_create(
        property_id=location.property_id,
        source=location.source,
        defaults={
            "average": location.average,
            "total": location.total or 0,
            "maps_url": location.maps_url,
            "digest": digest_of(Review.objects.filter(location=location).showable()),
        },
    )


def withdraw(location: Location) -> None:
    """Have pages show nothing of a location any more."""
    ReviewSummary.objects.filter(
        property_id=location.property_id, source=Source(location.source)
    ).delete()


def digest_of(reviews: "QuerySet[Review]") -> str:
    """Return what is another when any of the reviews, or which there are, is another."""
    rows = reviews.order_by("key").values_list(*SHOWN)
    text = json.dumps([list(row) for row in rows], default=str)
    return hashlib.sha256(text.encode()).hexdigest()
