"""Ending holds whose time is over, so that what they kept is there for others."""

from datetime import datetime

from promotions import spending


def expire_holds(*, at: datetime) -> int:
    """End all holds that should have ended by an instant; return how many there were.

    In batches, each of which stands by itself. Whoever does the same at the same time does others.
    """
    ended = 0
    while count := spending.expire_overdue(at=at):
        ended += count
    return ended
