"""Named reads about what guests send in."""

from ugc.selectors.consents import agreed, receipts
from ugc.selectors.shown import GuestEntry, GuestPicture, published_entries

__all__ = ["GuestEntry", "GuestPicture", "agreed", "published_entries", "receipts"]
