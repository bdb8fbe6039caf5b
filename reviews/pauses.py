"""Which of Google's hosts are to be left alone, and until when: one truth for all processes.

In the database, so that no restart forgets it. The rows are the platform's, whoever's the run is.
"""

import random
from datetime import datetime, timedelta

from django.db import transaction

from reviews.models import HostPause
from tenancy.context import PLATFORM_ID, tenant_scope

FIRST, LONGEST = 4.0, 900.0
"""Seconds at most for the first pause of which nobody says how long, and for any after it."""
LEAST = 1.0


def paused_until(*hosts: str, at: datetime) -> datetime | None:
    """Return when all of the hosts may be asked again, None if that is now."""
    with tenant_scope(PLATFORM_ID):
        found = HostPause.objects.filter(host__in=hosts, until__gt=at).order_by("-until")
        until: datetime | None = found.values_list("until", flat=True).first()
    return until


def pause(host: str, *, seconds: float | None, at: datetime) -> float:
    """Leave the host alone for so long, and return that; a longer pause stays as it is.

    Where nobody says how long, each time in a row may be twice as long as the one before, all of
    it at random, so that processes do not come back together.
    """
    with tenant_scope(PLATFORM_ID), transaction.atomic():
        HostPause.objects.get_or_create(host=host, defaults={"until": at})
        row = HostPause.objects.select_for_update().get(host=host)
        if seconds is None:
            most = min(LONGEST, FIRST * 2**row.strikes)
            seconds = LEAST + random.uniform(0, most)  # noqa: S311 (a spread, not a secret)
            row.strikes = min(row.strikes + 1, 12)
        row.until = max(row.until, at + timedelta(seconds=seconds))
        row.save(update_fields=["until", "strikes"])
    return (row.until - at).total_seconds()


def forgive(host: str) -> None:
    """Forget how often the host has said so in a row: it has answered."""
    with tenant_scope(PLATFORM_ID):
        HostPause.objects.filter(host=host, strikes__gt=0).update(strikes=0)
