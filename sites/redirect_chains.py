"""Where redirects lead in the end: guests must not be sent in circles."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import get_language_from_path
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tenancy.models import Domain
from theme.routing import root_path

MOST_STEPS = 20
"""After so many, browsers give up."""


@dataclass(frozen=True)
class Place:
    """A path of one of the tenant's sites, written as redirects are looked up."""

    site: Site
    path: str


def parts_of(address: str) -> SplitResult:
    """Return an address in its parts; no parts of one that cannot be read."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def place_of(address: str) -> Place | None:
    """Return the place that an address is; None for one that is on none of the tenant's sites."""
    parts = parts_of(address)
    found = Domain.objects.filter(host=parts.hostname, property__isnull=False)
    domain = found.select_related("property__site").first()
    if domain is None:
        return None
    whole = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return Place(domain.property.site, Redirect.normalise_path(whole))


def target_of(redirect: Redirect) -> str:
    """Return the full address to which a redirect leads, "" for none."""
    page = redirect.redirect_page
    return (page.full_url if page else redirect.redirect_link) or ""


def never_arrives(start: Place, address: str, *, but: int | None = None) -> bool:
    """Say whether guests who are sent from a place to an address go in circles from there.

    The redirect with the key `but` is not followed: it is about to be another.
    """
    seen = {start}
    here = place_of(address)
    while here is not None and not has_page(here):
        if here in seen or len(seen) > MOST_STEPS:
            return True
        seen.add(here)
        here = place_of(_next_address(here, but))
    return False


def has_page(place: Place) -> bool:
    """Say whether a page is published at a place: guests see it, whatever redirects there are."""
    path = place.path.partition("?")[0]
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    if language != settings.LANGUAGE_CODE:
        path = path.removeprefix(f"/{language}")
    root = root_path(place.site, language)
    if root is None:
        return False
    parts = [part for part in path.split("/") if part]
    wanted = root + "".join(f"{part}/" for part in parts)
    return bool(Page.objects.live().filter(url_path=wanted).exists())


def _next_address(place: Place, but: int | None) -> str:
    """Return whither Wagtail sends guests from a place: with its query, else without, if at all."""
    rows = Redirect.get_for_site(place.site).exclude(pk=but)
    for path in dict.fromkeys([place.path, place.path.partition("?")[0]]):
        found = rows.filter(old_path=path)
        row = found.filter(site=place.site).first() or found.first()
        if row is not None:
            return target_of(row)
    return ""
