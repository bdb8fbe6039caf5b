"""Where a page's instants are told, and which of them are worth a look."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from wagtail import hooks
from wagtail.models import Page

from tenancy.models import Property
from theme.previews.rules import Moment, usual_moments

MomentsHook = Callable[[Property, datetime], list[Moment]]
"""What `register_preview_moments` registers: a feature's own moments of a property."""


def property_of(page: Page) -> Property | None:
    """Return the property whose site the page is in, or None outside any."""
    site = page.get_site()
    return getattr(site, "property", None)


def zone_of(page: Page) -> ZoneInfo:
    """Return the time zone in which the page's instants are told."""
    found = property_of(page)
    return ZoneInfo(found.timezone if found else settings.TIME_ZONE)


def moments_of(page: Page, at: datetime) -> list[Moment]:
    """Return the moments that are worth a look: the usual ones, then those that features name."""
    found = property_of(page)
    if found is None:
        return []
    moments = usual_moments(at, ZoneInfo(found.timezone))
    for hook in hooks.get_hooks("register_preview_moments"):
        moments += hook(found, at)
    return moments
