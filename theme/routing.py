"""From an address to its page, in three queries however deep it lies; a home page in two.

The first finds the venue, and what it finds is kept while nothing changes. Wagtail asks for the
home page, its language, and then for each part of the path in turn.
"""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

from theme.models import ThemedPage
from theme.selectors import venue_of


def root_path(site: Site, language: str) -> str | None:
    """Return the path of a site's home page in a language."""
    roots = roots_of(site)
    found = (r.root_path for r in roots if r.site_id == site.pk and r.language_code == language)
    return next(found, None)


def roots_of(site: Site) -> list[SiteRootPath]:
    """Return the paths of all home pages of the tenant, asked of Wagtail's cache once for `site`.

    The site is read anew for each request, or for each version of the content.
    """
    if not hasattr(site, "roots"):
        site.roots = Site.get_site_root_paths()
    roots: list[SiteRootPath] = site.roots
    return roots


def find_page(request: HttpRequest, path: str, *, home: type[ThemedPage]) -> Page | None:
    """Return the published page at a path of the request's site, in the active language.

    `home` is the type of home pages. None as well where the language's home page is not
    published: the site then lacks it.
    """
    venue = venue_of(request)  # knows the site, too
    site = Site.find_for_request(request)
    root = root_path(site, get_language()) if site else None
    if root is None:
        return None
    # where pages look before they ask Wagtail's cache
    request._wagtail_cached_site_root_paths = roots_of(site)  # type: ignore[attr-defined]
    parts = [part for part in path.split("/") if part]
    wanted = root + "".join(f"{part}/" for part in parts)
    model: type[Page] = Page if parts else home
    pages = model.objects.live().filter(url_path__in={root, wanted})
    found = {page.url_path: page for page in pages}
    page = found.get(wanted) if root in found else None
    return page and drawable(page, is_restricted=venue is None or venue.has_restrictions)


def drawable(page: Page, *, is_restricted: bool) -> Page:
    """Return a page as its own type, with what `drawn_with` names of it."""
    model = page.specific_class
    if not issubclass(model, ThemedPage):
        return page.specific
    if not isinstance(page, model):
        page = model.objects.select_related(*model.drawn_with).get(pk=page.pk)
    page.is_restricted = is_restricted
    return page
