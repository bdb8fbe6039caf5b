"""From an address to its page, in three queries however deep it lies; a home page in two.

The first finds the venue, and what it finds is kept while nothing changes. Wagtail asks for the
home page, its language, and then for each part of the path in turn.
"""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

from tenancy.store.keeping import is_drafted, known
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


def settle_roots(request: HttpRequest, site: Site) -> None:
    """Let all addresses of a page that is kept follow from what is true at its version.

    Wagtail's cache of an hour may say otherwise: whoever asks while a transaction moves a home
    page fills it again, after it was emptied, with what was before.
    """
    if is_drafted(request):
        site.roots = known(request, "roots", read_roots)
    # where pages look before they ask Wagtail's cache
    request._wagtail_cached_site_root_paths = roots_of(site)  # type: ignore[attr-defined]


def read_roots() -> list[SiteRootPath]:
    """Return what `Site.get_site_root_paths()` does when its cache is empty, in two queries."""
    order = ("-root_page__url_path", "-is_default_site", "hostname")
    sites = list(Site.objects.select_related("root_page").order_by(*order))
    keys = {site.root_page.translation_key for site in sites}
    homes = list(Page.objects.filter(translation_key__in=keys).select_related("locale").order_by())
    return [
        SiteRootPath(site.pk, home.url_path, site.root_url, home.locale.language_code)
        for site in sites
        for home in homes
        if home.translation_key == site.root_page.translation_key
    ]


def find_page(request: HttpRequest, path: str, *, home: type[ThemedPage]) -> Page | None:
    """Return the published page at a path of the request's site, in the active language.

    `home` is the type of home pages. None as well where the language's home page is not
    published: the site then lacks it.
    """
    venue = venue_of(request)  # knows the site, too
    site = Site.find_for_request(request)
    if site is None:
        return None
    settle_roots(request, site)
    root = root_path(site, get_language())
    if root is None:
        return None
    parts = [part for part in path.split("/") if part]
    wanted = root + "".join(f"{part}/" for part in parts)
    model = model_at(wanted, root) if parts else home
    page = model and read_page(model, wanted)
    if page is not None:
        page.is_restricted = venue is None or venue.has_restrictions
    return page


def model_at(path: str, root: str) -> type[Page] | None:
    """Return the type of the published page at a path below a published home page."""
    rows = Page.objects.live().filter(url_path__in={root, path}).order_by()
    types: dict[str, int] = dict(rows.values_list("url_path", "content_type_id"))
    if not types.keys() >= {root, path}:
        return None
    return ContentType.objects.get_for_id(types[path]).model_class()


def read_page(model: type[Page], path: str) -> Page | None:
    """Return the published page at a path, with what `drawn_with` names of its type."""
    rows = model.objects.live().filter(url_path=path).order_by()
    # without a name, select_related() would follow each relation
    related: tuple[str, ...] = getattr(model, "drawn_with", ())
    return next(iter(rows.select_related(*related) if related else rows), None)
