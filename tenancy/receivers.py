"""Reactions to what happened to people and domains."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from tenancy import hosts
from tenancy.models import Domain, Invitation, Tenant


@receiver(post_save, sender=Invitation)
def queue_admission(instance: Invitation, created: bool, **kwargs: Any) -> None:
    """Hand a new invitation to the ops worker; if the queue is away, the timetable finds it."""
    from tenancy.tasks.ops import admit  # noqa: PLC0415 (tasks import services)

    if created:
        key = str(instance.pk)
        transaction.on_commit(lambda: admit.delay(key), robust=True)


@receiver(post_save, sender=Tenant)
def forget_hosts(instance: Tenant, created: bool, **kwargs: Any) -> None:
    """Have a tenant's hosts looked up again: it may have been suspended."""
    if not created:
        hosts.forget(*Domain.objects.values_list("host", flat=True))
