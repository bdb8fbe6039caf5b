"""Devices of receptions: a link makes a browser one, until a manager ends it.

Of each secret only a digest is kept. The link's is exchanged for the browser's own when it is
followed, so that a link in a history, or a photo of its QR code, opens nothing.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from promotions.models import GateDevice
from tenancy import audit
from tenancy.models import Property, User

LINK_TTL = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def invite(
    *, name: str, house: Property, actor: User, at: datetime, offline_limit: int = 5
) -> tuple[GateDevice, str]:
    """Make a device, and return it with the secret of its link, which cannot be shown again."""
    secret = _draw()
    device: GateDevice = GateDevice.objects.create(
        name=name,
        property_id=house.pk,
        digest=_digest(secret),
        created_at=at,
        offline_limit=offline_limit,
    )
    audit.record("promotions.device.invite", device, actor=actor, data={"property": house.slug})
    return device, secret


def invited(secret: str, *, at: datetime) -> GateDevice | None:
    """Return the device that a link makes of a browser; None for one that is used or too old."""
    device: GateDevice | None = _open_links(secret, at).first()
    return device


@transaction.atomic
def enrol(secret: str, *, at: datetime) -> str | None:
    """Use a link up, and return the browser's own secret; None if the link opens nothing."""
    device = invited(secret, at=at)
    own = _draw()
    changes = {"digest": _digest(own), "enrolled_at": at, "seen_at": at}
    if device is None or not _open_links(secret, at).update(**changes):
        return None
    audit.record("promotions.device.enrol", device)
    return own


def find(secret: str) -> GateDevice | None:
    """Return the device whose browser has that secret, unless it has been ended."""
    device: GateDevice | None = GateDevice.objects.filter(
        digest=_digest(secret), enrolled_at__isnull=False, revoked_at__isnull=True
    ).first()
    return device


def note_seen(device: GateDevice, *, at: datetime) -> None:
    """Remember that a device was here; at most once a minute."""
    long_ago = Q(seen_at__isnull=True) | Q(seen_at__lt=at - SEEN_EVERY)
    GateDevice.objects.filter(long_ago, pk=device.pk).update(seen_at=at)


@transaction.atomic
def revoke(*, device: GateDevice, actor: User, at: datetime) -> None:
    """End a device, from its next request on."""
    if GateDevice.objects.filter(pk=device.pk, revoked_at__isnull=True).update(revoked_at=at):
        audit.record("promotions.device.revoke", device, actor=actor)


def _open_links(secret: str, at: datetime) -> QuerySet[GateDevice]:
    return GateDevice.objects.filter(
        digest=_digest(secret),
        enrolled_at__isnull=True,
        revoked_at__isnull=True,
        created_at__gt=at - LINK_TTL,
    )


def _draw() -> str:
    return secrets.token_urlsafe(32)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
