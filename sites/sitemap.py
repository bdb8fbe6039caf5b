"""What search engines are told of a site: its public pages, and their other languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site


@dataclass(frozen=True)
class Listing:
    """A page in the map; `alternates` are pairs of language and address, itself included."""

    address: str
    changed_at: datetime | None
    alternates: list[tuple[str, str]]


def listings(request: HttpRequest) -> list[Listing]:
    """Return the pages of the request's site that may be found, in all its languages."""
    site = Site.find_for_request(request)
    pages = _findable(site) if site else []
    versions: dict[object, list[Page]] = {}
    for page in pages:
        versions.setdefault(page.translation_key, []).append(page)
    return [
        Listing(
            address=page.get_full_url(request),
            changed_at=page.last_published_at,
            alternates=_alternates(versions[page.translation_key], request),
        )
        for page in pages
    ]


def _findable(site: Site) -> list[Page]:
    homes = site.root_page.get_translations(inclusive=True).live()
    trees = Q()
    for home in homes:
        trees |= Q(path__startswith=home.path)
    if not trees:
        return []
    pages = Page.objects.live().public().filter(trees).select_related("locale").order_by("path")
    return [page for page in pages.defer_streamfields().specific() if not page.hides_from_search()]


def _alternates(versions: Iterable[Page], request: HttpRequest) -> list[tuple[str, str]]:
    order = [code for code, _name in settings.LANGUAGES]
    found = sorted(
        ((page.locale.language_code, page.get_full_url(request)) for page in versions),
        key=lambda pair: order.index(pair[0]),
    )
    return [*found, ("x-default", found[0][1])] if len(found) > 1 else []
