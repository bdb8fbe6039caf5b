"""A notification is taken up once, whoever it is about; the rows are the platform's."""

from datetime import datetime, timedelta

from django.db import transaction

from reviews.google.notifications import Notification
from reviews.models import SeenNotification
from tenancy.context import PLATFORM_ID, tenant_scope

REMEMBERED = timedelta(days=8)
"""Pub/Sub sends what was not acknowledged for seven days."""


def take_up(notification: Notification, *, at: datetime) -> bool:
    """Say whether a notification is new, and hint at its review if it is.

    The hint is queued when this is written: if the queue is away it is not, and Google repeats it.
    """
    from reviews.tasks.ops import pass_hint  # noqa: PLC0415 (tasks import services)

    with tenant_scope(PLATFORM_ID), transaction.atomic():
        _row, is_new = SeenNotification.objects.get_or_create(
            message_id=notification.message_id, defaults={"at": at}
        )
        if is_new and notification.location:
            pass_hint.delay(notification.location, notification.key)
    return bool(is_new)


def forget(*, at: datetime) -> int:
    """Delete notifications that nobody repeats any more."""
    with tenant_scope(PLATFORM_ID):
        old = SeenNotification.objects.filter(at__lt=at - REMEMBERED)
        count: int = old.delete()[0]
    return count
