"""What becomes of a reply: how long it may be, and what Google's answers mean for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from reviews.enums import Sending
from reviews.google.payloads import REJECTED

MOST_BYTES = 4096
"""Of UTF-8: “ã” is two."""

PENDING = "PENDING"
SOONEST, LATEST = timedelta(minutes=2), timedelta(days=1)
"""How long Google is left to think before it is asked again: half of what it has taken already."""

LEFT_TO_GOOGLE = timedelta(days=30)
"""After this nobody asks any more what Google thinks of a reply: readings will tell."""

UNDOUBTED_FOR = timedelta(days=1)
"""How long Google may have other words, or none, before that is said."""

SKEW = timedelta(minutes=1)
"""How far Google's clock and ours are apart at most."""

STRAY_FOR = timedelta(days=1)
"""How long a request may take to land on Google after the house has changed its mind."""

ONCE_MORE = timedelta(hours=1)
"""After this what has arrived, or is taken back, is looked at once more."""

ARRIVED = (Sending.PUBLISHED, Sending.REJECTED)
SHOWN = (Sending.PUBLISHED, Sending.REPLACED, Sending.ABSENT)

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
    words = [each for each in seen if each]
    if not words:
        return Sending.ABSENT
    if not is_among(sent, words):
        return Sending.REPLACED
    if state == PENDING:
        return Sending.WAITING
    return Sending.REJECTED if state == REJECTED else Sending.PUBLISHED


def is_among(text: str, seen: Iterable[str]) -> bool:
    """Say whether words are the same as some of others, but for the space between them."""
    return text.split() in (each.split() for each in seen)


def digest(text: str) -> str:
    """Return by what words are known again without being kept."""
    return sha256(" ".join(text.split()).encode()).hexdigest()


def is_told_by_reading(now: Sending, state: Sending) -> bool:
    """Say whether a reading changes how a reply stands that nobody is at work on.

    What was seen by guests may be gone or replaced, and come back. Of another one nothing but
    its arrival is news: Google shows what was there before while it thinks, and after it rejects.
    """
    if now == state or now == Sending.NONE or state == Sending.WAITING:
        return False
    return now in SHOWN or state in ARRIVED


def is_stray(now: Sending, since: datetime, landed: datetime) -> bool:
    """Say whether older words of ours are a request that took its time.

    Else somebody wants them back on Google; or they are still there, until ours take their place.
    """
    if landed - since > STRAY_FOR:
        return False
    return now == Sending.NONE or since - landed <= SKEW


def said_of(now: Sending, state: Sending, taken: timedelta) -> Sending:
    """Return what is said of a reply that Google is asked about: no doubt for the first day."""
    is_doubtful = state in {Sending.REPLACED, Sending.ABSENT}
    return now if is_doubtful and taken < UNDOUBTED_FOR else state


def next_look(state: Sending, since: datetime, at: datetime) -> datetime | None:
    """Return when to look at a reply again that stands so, None if readings will tell."""
    if state in ARRIVED:
        return at + ONCE_MORE if state == Sending.PUBLISHED else None
    return look_again(since, at)
