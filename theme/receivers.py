"""Reactions to uploads: guests must not wait for a picture to be encoded."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from theme.models import SiteImage
from theme.tasks import make_renditions


@receiver(post_save, sender=SiteImage)
def make_renditions_later(instance: SiteImage, **kwargs: Any) -> None:
    """Queue a picture's renditions; those of a changed file are new ones."""
    transaction.on_commit(partial(make_renditions.delay, instance.pk), robust=True)
