"""What becomes of a reply: how long it may be, and what Google's answers mean for it."""

from datetime import timedelta

from reviews.enums import Sending
from reviews.google.payloads import REJECTED, Answered

MOST_BYTES = 4096
"""Of UTF-8: “ã” is two."""

PENDING = "PENDING"
LOOK_AGAIN = timedelta(minutes=30)
"""How often Google is asked what it thinks of a reply."""


def bytes_over(text: str) -> int:
    """Return by how many bytes a reply is too long, 0 if it is not."""
    return max(0, len(text.encode()) - MOST_BYTES)


def verdict(sent: str, reply: Answered | None) -> Sending:
    """Return how a reply that was sent stands, from the one that Google has.

    Google's words are open: all but two mean that it is seen. Another text is an older one, or
    somebody's own on Google; ours is still to come, or was replaced.
    """
    if reply is None:
        return Sending.WAITING
    if reply.state == REJECTED:
        return Sending.REJECTED
    is_ours = sent.strip() in (reply.told.original.strip(), reply.raw.strip())
    return Sending.WAITING if reply.state == PENDING or not is_ours else Sending.PUBLISHED
