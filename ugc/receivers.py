"""Reactions to what guests send and what becomes of it: work for the tenant's workers."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone

from tenancy.models import Property
from ugc import services
from ugc.enums import SubmissionStatus
from ugc.models import Letter, Submission
from ugc.signals import files_doomed, submission_closed
from ugc.tasks.tenant import read_photos, send_letter, sweep_files


@receiver(post_save, sender=Submission)
def read_later(instance: Submission, created: bool, **kwargs: Any) -> None:
    """Have the photos of a new submission read."""
    if created and instance.status == SubmissionStatus.RECEIVED:
        key = str(instance.pk)
        transaction.on_commit(lambda: read_photos.delay(key), robust=True)


@receiver(post_save, sender=Letter)
def send_later(instance: Letter, created: bool, **kwargs: Any) -> None:
    """Have a letter sent."""
    if created:
        key = str(instance.pk)
        transaction.on_commit(lambda: send_letter.delay(key), robust=True)


@receiver(files_doomed)
@receiver(submission_closed)
def sweep_later(**kwargs: Any) -> None:
    """Have files deleted, and what is erased noted."""
    transaction.on_commit(sweep_files.delay, robust=True)


@receiver(pre_delete, sender=Property)
def end_with_the_house(instance: Property, **kwargs: Any) -> None:
    """Leave nothing of a house that is removed: neither words nor files."""
    services.end_all_of(instance.pk, at=timezone.now())
