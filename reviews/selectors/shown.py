"""What guests may read of a property's reviews."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from reviews.enums import Source
from reviews.models import Review as ReviewRow
from reviews.models import ReviewSummary
from reviews.models.reviews import ReviewQuerySet

PREFERENCE = (Source.GOOGLE, Source.FILE)
"""Which source a page shows; never two of them, whose ratings are not to be mixed."""


@dataclass(frozen=True)
class Review:
    """What a guest said, as a page shows it; `translation` is Google's, and never the guest's."""

    author: str
    stars: int
    text: str
    answer: str = ""
    translation: str = ""
    expires_at: datetime | None = None

    def is_kept_at(self, instant: datetime) -> bool:
        """Say whether its content may still be kept."""
        return self.expires_at is None or self.expires_at > instant


@dataclass(frozen=True)
class Choice:
    """Which reviews a page asks for: all from so many stars, or those in front; how many."""

    least_stars: int = 1
    is_featured: bool = False
    count: int = 6


@dataclass(frozen=True)
class Shown:
    """Reviews of one source, and what that says of all: what was left out is to be declared.

    `has_hidden` is whether the house has hidden any that the page would have shown else.
    """

    source: Source
    reviews: tuple[Review, ...]
    choice: Choice
    average: Decimal | None = None
    total: int = 0
    url: str = ""
    has_hidden: bool = False

    def at(self, instant: datetime) -> tuple[Review, ...]:
        """Return the reviews whose content may still be kept at an instant."""
        kept = (
            each for each in self.reviews if each.expires_at is None or each.expires_at > instant
        )
        return tuple(kept)


def shown_reviews(property_id: Any, choice: Choice) -> Shown | None:
    """Return what a page shows; None where there is nothing to show. Three queries.

    What has no words is counted in the average, and not shown.
    """
    rows = {row.source: row for row in ReviewSummary.objects.filter(property_id=property_id)}
    source = next((each for each in PREFERENCE if each in rows), None)
    if source is None:
        return None
    summary = rows[source]
    found = tuple(map(review_of, chosen(property_id, source, choice)))
    if not found:
        return None
    return Shown(
        source=source,
        reviews=found,
        choice=choice,
        average=summary.average,
        total=summary.total,
        url=summary.maps_url,
        has_hidden=wanted(property_id, source, choice).hidden().exists(),
    )


def chosen(property_id: UUID, source: Source, choice: Choice) -> Any:
    """Return the rows that a page asks for: those in front first, then the newest."""
    rows = wanted(property_id, source, choice).showable()
    return rows.order_by("-is_featured", "-written_at", "-pk")[: choice.count]


def wanted(property_id: UUID, source: Source, choice: Choice) -> ReviewQuerySet:
    """Return the reviews with words that a choice is of, those that the house has hidden too."""
    rows = ReviewRow.objects.filter(
        location__property_id=property_id,
        location__source=source,
        stars__gte=choice.least_stars,
    ).exclude(original="")
    return rows.filter(is_featured=True) if choice.is_featured else rows


def review_of(row: ReviewRow) -> Review:
    return Review(
        author=row.author,
        stars=row.stars,
        text=row.original,
        answer=row.reply_original if row.reply_state != "REJECTED" else "",
        translation=row.translation,
        expires_at=row.content_expires_at,
    )
