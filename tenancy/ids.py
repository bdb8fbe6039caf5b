"""Primary keys that are made by the application, and sort by time."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 74 random bits."""
    raw = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    raw &= ~(0xF << 76) & ~(0x3 << 62)
    return uuid.UUID(int=raw | 7 << 76 | 2 << 62)
