"""The part of reviews in a person's rights: each is known by the row of what they said."""

from uuid import UUID

from privacy.rights import Duty, Found, register
from reviews.models import Review
from reviews.services import erasing


def export_review(review_id: UUID) -> Found:
    """Return what somebody said, as it is kept here."""
    row = Review.objects.filter(pk=review_id).first()
    if row is None:
        return {}
    return {
        "review": row.key,
        "written_at": row.written_at.isoformat(),
        "stars": row.stars,
        "author": row.author,
        "words": row.original,
        "translation": row.translation,
        "pictures": row.media,
        "answer": row.reply_original,
        "kept_until": row.content_expires_at.isoformat() if row.content_expires_at else None,
    }


register(
    Duty(
        app="reviews",
        kind="review",
        models=frozenset({"reviews.review", "reviews.reply"}),
        export=export_review,
        erase=erasing.erase_on_demand,
    )
)
