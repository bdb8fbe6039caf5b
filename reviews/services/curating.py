"""What the house decides of a review: whether guests see it, whether it comes first, its tags."""

from django.db import transaction

from reviews.models import Location, Review
from reviews.services.showing import refresh
from tenancy import audit
from tenancy.models import User


@transaction.atomic
def curate(
    *, review: Review, is_hidden: bool, is_featured: bool, tags: str, actor: User | None = None
) -> Review:
    """Write down what the house decided; pages follow."""
    # in the order in which readings lock them
    location = Location.objects.select_for_update().get(pk=review.location_id)
    row: Review = Review.objects.select_for_update().get(pk=review.pk)
    row.is_hidden, row.is_featured, row.tags = is_hidden, is_featured, tags.strip()
    row.save(update_fields=["is_hidden", "is_featured", "tags"])
    refresh(location)
    data = {"is_hidden": is_hidden, "is_featured": is_featured}
    audit.record("reviews.review.curate", row, actor=actor, data=data)
    return row
