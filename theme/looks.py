"""What the root element of a page says of its looks, and what was last said on a host."""

from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

from tenancy.context import current_tenant_id
from theme.enums import Face, Scheme, Theme


@dataclass(frozen=True)
class Look:
    """A theme, its variants of layout, and what a property chose for itself.

    Each field is an attribute `data-<field>` of the page's root element.
    """

    theme: str
    face: str
    hero: str
    cards: str
    scheme: str = Scheme.AUTO.value


LOOKS = {
    Theme.NIGHT: Look(Theme.NIGHT.value, Face.BODONI_MODA.value, hero="window", cards="window"),
    Theme.CLEAR: Look(Theme.CLEAR.value, Face.FRAUNCES.value, hero="arch", cards="arch"),
    Theme.TROPICAL: Look(Theme.TROPICAL.value, Face.BIG_SHOULDERS.value, "poster", "poster"),
}

_seen: LRUCache[tuple[int | None, str], Look] = LRUCache(maxsize=10_000)
_lock = Lock()


def remember(host: str, look: Look) -> None:
    """Keep what a host looks like, in this process, for pages that must not ask the database."""
    with _lock:
        _seen[current_tenant_id(), host] = look


def last_look(host: str) -> Look:
    """Return what a host looked like last, or the first theme's look."""
    with _lock:
        return _seen.get((current_tenant_id(), host), LOOKS[Theme.NIGHT])
