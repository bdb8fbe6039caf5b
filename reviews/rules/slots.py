"""When a location is read next: all of them are spread evenly over the time between readings."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

NEWEST_EVERY = timedelta(hours=6)
SWEEP_EVERY = timedelta(days=7)

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def next_slot(key: UUID, every: timedelta, *, after: datetime) -> datetime:
    """Return the first instant of a key after another; they are `every` apart.

    Whatever happened before, and however many were added at once, keys come evenly spaced.
    """
    digest = hashlib.blake2b(key.bytes, digest_size=8).digest()
    phase = every * (int.from_bytes(digest) / 2**64)
    passed = (after - EPOCH - phase) // every
    return EPOCH + phase + (passed + 1) * every
