"""Reactions to what editors publish."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from promotions.models import Coupon
from promotions.services import codes


@receiver(published, sender=Coupon)
def find_by_code(instance: Coupon, **kwargs: Any) -> None:
    """Have a published coupon be found by its one code."""
    codes.keep_single_code(coupon=instance)
