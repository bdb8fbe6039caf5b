"""Tasks inside one tenant."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from promotions import services
from promotions.services import batches


@shared_task
def expire_holds() -> None:
    """End the holds of the message's tenant whose time is over."""
    services.expire_holds(at=timezone.now())


@shared_task
def count_earlier_uses(coupon_id: str) -> None:
    """Count a coupon's uses towards limits that were set after them; again, nothing more."""
    services.count_earlier_uses(coupon_id=UUID(coupon_id))


@shared_task
def issue_codes(batch_id: str) -> None:
    """Make what is missing of a batch's codes."""
    batches.issue_missing(UUID(batch_id))
