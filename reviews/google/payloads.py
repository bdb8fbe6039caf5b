"""What Google's API says, read into plain values. Fields that we do not know are ignored.

What is personal is left out of what these values say of themselves, so that no log has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reviews.google.envelopes import Told, opened

RATINGS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
REJECTED = "REJECTED"
Said = Mapping[str, Any]


class Unreadable(ValueError):
    """It lacks what makes it what it is. It never says what it had instead."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the house answered. `state` is Google's word: only `REJECTED` means that it failed."""

    told: Told = field(repr=False)
    raw: str = field(repr=False)
    at: datetime | None
    state: str
    violation: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A review as Google has it. `stars` is 0 where `rating` is a word that we do not know."""

    name: str
    key: str
    rating: str
    stars: int
    told: Told = field(repr=False)
    raw: str = field(repr=False)
    author: str = field(repr=False)
    is_anonymous: bool
    written_at: datetime
    changed_at: datetime
    reply: Answered | None
    media: tuple[str, ...] = field(repr=False)

    @property
    def version(self) -> tuple[datetime, datetime | None]:
        """What changes when the review or its reply does."""
        return self.changed_at, self.reply.at if self.reply else None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a location's reviews; `total` and `average` are of all, None where unsaid."""

    reviews: tuple[Incoming, ...]
    unreadable: int
    average: float | None
    total: int | None
    next_token: str


@dataclass(frozen=True, slots=True)
class Place:
    """A location, as `locations/…` of `accounts/…`."""

    name: str
    account: str
    title: str
    place_id: str
    maps_url: str
    is_verified: bool


def page(said: Said) -> Page:
    """Return a page of reviews; `{}` is one without any."""
    read, unreadable = [], 0
    for each in said.get("reviews") or ():
        try:
            read.append(review(each))
        except Unreadable:
            unreadable += 1
    average, total = said.get("averageRating"), said.get("totalReviewCount")
    return Page(
        reviews=tuple(read),
        unreadable=unreadable,
        average=float(average) if isinstance(average, int | float) else None,
        total=total if isinstance(total, int) else (None if said.get("reviews") else 0),
        next_token=str(said.get("nextPageToken") or ""),
    )


def review(said: Said) -> Incoming:
    """Return a review; raise `Unreadable` if it has no name, no instants, or another form."""
    try:
        return _review(kept(said))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Unreadable("A review without a name or its instants, or of another form.") from None


def kept(said: Any) -> Any:
    """Return the same without the signs that no database keeps."""
    if isinstance(said, str):
        return said.encode("utf-8", "ignore").decode().replace("\0", "")
    if isinstance(said, Mapping):
        return {name: kept(each) for name, each in said.items()}
    return [kept(each) for each in said] if isinstance(said, list) else said


def _review(said: Said) -> Incoming:
    name = str(said["name"])
    written, changed = instant(said["createTime"]), instant(said["updateTime"])
    rating, raw = str(said.get("starRating") or ""), str(said.get("comment") or "")
    reviewer = said.get("reviewer") or {}
    is_anonymous = bool(reviewer.get("isAnonymous"))
    return Incoming(
        name=name,
        key=str(said.get("reviewId") or name.rpartition("/")[2]),
        rating=rating,
        stars=RATINGS.get(rating, 0),
        told=opened(raw),
        raw=raw,
        author="" if is_anonymous else str(reviewer.get("displayName") or ""),
        is_anonymous=is_anonymous,
        written_at=written,
        changed_at=changed,
        reply=answered(said),
        media=media(said),
    )


def answered(said: Said) -> Answered | None:
    """Return the reply; where its state is said differs, inside of it or beside it."""
    reply = said.get("reviewReply")
    if not isinstance(reply, Mapping) or not reply.get("comment"):
        return None
    raw = str(reply["comment"])
    state = reply.get("reviewReplyState") or said.get("reviewReplyState") or ""
    at = reply.get("updateTime")
    return Answered(
        told=opened(raw),
        raw=raw,
        at=instant(at) if at else None,
        state=str(state),
        violation=violation(reply.get("policyViolation") or said.get("policyViolation")),
    )


def violation(said: Any) -> str:
    """Return the rule that a reply is said to break: a word, or an object that has one."""
    if isinstance(said, Mapping):
        words = [str(each) for each in said.values() if isinstance(each, str) and each]
        return words[0][:80] if words else ""
    return str(said or "")[:80]


def media(said: Said) -> tuple[str, ...]:
    """Return the addresses of a review's pictures; we keep them, and never ask them."""
    items = said.get("reviewMediaItems") or ()
    urls = [str(each.get("thumbnailUrl") or "") for each in items if isinstance(each, Mapping)]
    return tuple(url for url in urls if url)


def place(said: Said, *, account: str) -> Place:
    """Return a location of an account; raise `Unreadable` if it has no name."""
    if not said.get("name"):
        raise Unreadable("A location without a name.")
    metadata = said.get("metadata") or {}
    return Place(
        name=str(said["name"]),
        account=account,
        title=str(said.get("title") or ""),
        place_id=str(metadata.get("placeId") or ""),
        maps_url=str(metadata.get("mapsUri") or ""),
        is_verified=bool(metadata.get("hasVoiceOfMerchant", True)),
    )


def instant(text: str) -> datetime:
    """Return an instant of RFC 3339, with any number of digits; raise ValueError for another."""
    at = datetime.fromisoformat(text.upper())
    if at.tzinfo is None:
        raise ValueError("An instant without its offset.")
    return at
