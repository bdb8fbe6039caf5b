"""From an address to its page, in two queries however deep it lies.

Wagtail asks for the home page, its language, and then for each part of the path in turn.
"""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site


def root_path(site: Site, language: str) -> str | None:
    """Return the path of a site's home page in a language; Wagtail caches them per tenant."""
    roots = Site.get_site_root_paths()
    found = (r.root_path for r in roots if r.site_id == site.pk and r.language_code == language)
    return next(found, None)


def find_page(request: HttpRequest, path: str) -> Page | None:
    """Return the published page at a path of the request's site, in the active language.

    None as well where the language's home page is not published: the site then lacks it.
    """
    site = Site.find_for_request(request)
    root = root_path(site, get_language()) if site else None
    if root is None:
        return None
    parts = [part for part in path.split("/") if part]
    wanted = root + "".join(f"{part}/" for part in parts)
    pages = Page.objects.live().filter(url_path__in={root, wanted})
    found = {page.url_path: page for page in pages}
    page = found.get(wanted) if root in found else None
    return page.specific if page else None
