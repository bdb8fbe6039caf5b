"""The instant that a page shows: now, unless it is previewed as of another."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone


def instant_of(request: HttpRequest) -> datetime:
    """Return the aware instant as of which the request's page is to be drawn.

    A preview sets `request.as_of`; a guest's request never has one.
    """
    as_of: datetime | None = getattr(request, "as_of", None)
    return as_of or timezone.now()


def shows_drafts(request: HttpRequest) -> bool:
    """Return whether the page is previewed with what nobody has published yet.

    The screen of previews can be asked for what is published; it says so on the request.
    """
    is_preview = getattr(request, "is_preview", False)
    return bool(is_preview and not getattr(request, "shows_published", False))
