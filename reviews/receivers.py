"""Reactions to what editors publish, and take back."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published, unpublished

from reviews.models import Reply
from reviews.services import replying
from reviews.tasks.tenant import send_reply


@receiver(published, sender=Reply)
def send_published(instance: Reply, **kwargs: Any) -> None:
    """Send a published reply once it is written."""
    if replying.queue(reply=instance, at=timezone.now()):
        send_soon(instance)


@receiver(unpublished, sender=Reply)
def withdraw_unpublished(instance: Reply, **kwargs: Any) -> None:
    """Take back what was published."""
    if replying.withdraw(reply=instance, at=timezone.now()):
        send_soon(instance)


@receiver(post_delete, sender=Reply)
def withdraw_deleted(instance: Reply, **kwargs: Any) -> None:
    """Take back what was sent, if it is deleted."""
    if replying.withdraw(reply=instance, at=timezone.now()):
        send_soon(instance)


def send_soon(reply: Reply) -> None:
    key = str(reply.review_id)
    transaction.on_commit(lambda: send_reply.delay(key), robust=True)
