"""Named reads about reviews."""

from dataclasses import dataclass

from theme.selectors import Venue


@dataclass(frozen=True)
class Review:
    """What a guest said, as a page shows it."""

    author: str
    stars: int
    text: str
    answer: str = ""


def published_reviews(venue: Venue | None) -> tuple[Review, ...]:
    """Return the reviews that guests may read: none, as none can be imported yet."""
    return ()
