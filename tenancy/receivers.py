"""Reactions to what happened to people and domains."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from tenancy import hosts, signin
from tenancy.enums import InvitationStatus
from tenancy.models import Domain, Invitation, Tenant, User


@receiver(post_save, sender=Invitation)
def queue_next_step(instance: Invitation, **kwargs: Any) -> None:
    """Hand an invitation to the ops worker; if the queue is away, the timetable finds it."""
    from tenancy.tasks.ops import admit, send_invitation  # noqa: PLC0415 (tasks import services)

    steps = {InvitationStatus.WAITING: send_invitation, InvitationStatus.ACCEPTED: admit}
    if step := steps.get(InvitationStatus(instance.status)):
        key = str(instance.pk)
        transaction.on_commit(lambda: step.delay(key), robust=True)


@receiver(user_logged_in)
def remember_address(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Keep what others try elsewhere from locking the person out here."""
    signin.remember(request, user)


@receiver(post_save, sender=Tenant)
def forget_hosts(instance: Tenant, created: bool, **kwargs: Any) -> None:
    """Have a tenant's hosts looked up again: it may have been suspended."""
    if not created:
        hosts.forget(*Domain.objects.values_list("host", flat=True))
