"""What becomes of a reply: how long it may be, and what Google's answers mean for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from reviews.enums import Sending
from reviews.google.payloads import REJECTED

MOST_BYTES = 4096
"""Of UTF-8: “ã” is two."""

PENDING = "PENDING"
SOONEST, LATEST = timedelta(minutes=2), timedelta(days=1)
"""How long Google is left to think before it is asked again: half of what it has taken already."""

LEFT_TO_GOOGLE = timedelta(days=30)
"""After this nobody asks any more what Google thinks of a reply: readings will tell."""

TRIED_FOR = timedelta(days=7)
"""How long a reply is tried again, whatever holds it back."""


def bytes_over(text: str) -> int:
    """Return by how many bytes a reply is too long, 0 if it is not."""
    return max(0, len(text.encode()) - MOST_BYTES)


def look_again(since: datetime, at: datetime) -> datetime | None:
    """Return when to ask again what Google thinks of a reply, None if it has had its time."""
    taken = at - since
    if taken >= LEFT_TO_GOOGLE:
        return None
    return at + min(max(taken / 2, SOONEST), LATEST)


def is_late(since: datetime, at: datetime) -> bool:
    """Say whether a reply has been tried for long enough."""
    return at - since >= TRIED_FOR


def verdict(sent: str, seen: Iterable[str], state: str) -> Sending:
    """Return how a reply that was sent stands, from the one that Google has, and its state.

    `seen` are that one's words, with and without a translation. Google's words for states are
    open: all but two mean that guests see it. Other words than ours are older ones that ours is
    still to replace, or somebody's own on Google.
    """
    is_ours = sent.split() in (each.split() for each in seen)
    if not is_ours or state == PENDING:
        return Sending.WAITING
    return Sending.REJECTED if state == REJECTED else Sending.PUBLISHED
