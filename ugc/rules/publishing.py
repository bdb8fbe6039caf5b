"""May a submission be published? Every reason against it, not only the first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from ugc.enums import MOVES, Company, SubmissionStatus


class Obstacle(Enum):
    """What stands in the way."""

    NOT_QUEUED = "not_queued"
    NOTHING = "nothing"
    UNREAD = "unread"
    UNMARKED = "unmarked"
    NO_CONSENT = "no_consent"
    PARTNER = "partner"
    CHANGED = "changed"


@dataclass(frozen=True)
class PhotoFacts:
    """Whether a photo has been read, and whether somebody has looked at its regions."""

    is_ready: bool
    is_marked: bool


@dataclass(frozen=True)
class Facts:
    """What is known of a submission when somebody wants to publish it.

    `agreed` are the purposes to which its guest agrees now, `wanted` those that it needs.
    """

    status: str
    has_words: bool
    photos: tuple[PhotoFacts, ...]
    agreed: frozenset[str]
    wanted: frozenset[str]
    company: str
    partner_agrees: bool


def may_become(status: str, next_status: str) -> bool:
    """Say whether that may follow."""
    return next_status in MOVES[status]


def obstacles(facts: Facts) -> list[Obstacle]:
    """Return what stands in the way of publishing; [] if nothing does."""
    shown = facts.photos
    found: Iterable[tuple[Obstacle, bool]] = (
        (Obstacle.NOT_QUEUED, facts.status != SubmissionStatus.QUEUED),
        (Obstacle.NOTHING, not shown and not facts.has_words),
        (Obstacle.UNREAD, not all(photo.is_ready for photo in shown)),
        (Obstacle.UNMARKED, not all(photo.is_marked for photo in shown)),
        (Obstacle.NO_CONSENT, not facts.wanted <= facts.agreed),
        (
            Obstacle.PARTNER,
            bool(shown) and facts.company == Company.US and not facts.partner_agrees,
        ),
    )
    return [obstacle for obstacle, holds in found if holds]
