"""Named reads about what guests send in."""

from dataclasses import dataclass
from typing import Any

from theme.selectors import Venue


@dataclass(frozen=True)
class GuestPhoto:
    """A guest's picture, as a page shows it. The image's description is its alternative text."""

    image: Any
    caption: str = ""


def published_photos(venue: Venue | None) -> tuple[GuestPhoto, ...]:
    """Return the pictures that guests may see: none, as nobody can send one yet."""
    return ()
