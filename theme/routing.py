"""From an address to its page, in three queries however deep it lies; a home page in two.

The first finds the venue. Wagtail asks for the home page, its language, and then for each part
of the path in turn.
"""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site

from theme.models import ThemedPage
from theme.selectors import venue_of


def root_path(site: Site, language: str) -> str | None:
    """Return the path of a site's home page in a language; Wagtail caches them per tenant."""
    roots = Site.get_site_root_paths()
    found = (r.root_path for r in roots if r.site_id == site.pk and r.language_code == language)
    return next(found, None)


def find_page(request: HttpRequest, path: str, *, home: type[ThemedPage]) -> Page | None:
    """Return the published page at a path of the request's site, in the active language.

    `home` is the type of home pages. None as well where the language's home page is not
    published: the site then lacks it.
    """
    venue_of(request)  # knows the site, too
    site = Site.find_for_request(request)
    root = root_path(site, get_language()) if site else None
    if root is None:
        return None
    parts = [part for part in path.split("/") if part]
    wanted = root + "".join(f"{part}/" for part in parts)
    model: type[Page] = Page if parts else home
    pages = model.objects.live().filter(url_path__in={root, wanted})
    found = {page.url_path: page for page in pages.annotate(is_restricted=restriction())}
    page = found.get(wanted) if root in found else None
    return page and with_relations(page)


def restriction() -> Exists:
    """Return the question whether something restricts who may see a page, to annotate it with."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    rows = PageViewRestriction.objects.annotate(path=path)
    above, aliased = F("page__path"), F("page__aliases__path")
    return Exists(rows.filter(Q(path__startswith=above) | Q(path__startswith=aliased)))


def with_relations(page: Page) -> Page:
    """Return a page as its own type, with what `drawn_with` names of it."""
    model = page.specific_class
    if not issubclass(model, ThemedPage) or isinstance(page, model):
        return page.specific
    found = model.objects.select_related(*model.drawn_with).get(pk=page.pk)
    found.is_restricted = page.is_restricted
    return found
