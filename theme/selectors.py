"""What the frame of every page shows: the venue, the menus, the page's other languages.

The frame of any page costs two queries, and each is asked once in a request. Of both, what is the
same on all pages is kept while the content stays the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site

from tenancy.models import Property
from tenancy.store.keeping import known
from theme import languages
from theme.enums import Theme
from theme.looks import LOOKS, Look, remember
from theme.models import SiteSettings
from theme.navigation import Entry, Navigation
from theme.pictures import read_renditions
from theme.shelf import current_shelf

HOME_DEPTH = 2
HAS_RESTRICTIONS = "has_restrictions"


@dataclass(frozen=True)
class Venue:
    """A property as guests meet it. Something may restrict who sees its pages, or nothing does."""

    property: Property
    settings: SiteSettings
    look: Look
    navigation: Navigation | None = None
    has_restrictions: bool = True


@dataclass(frozen=True)
class MenuLink:
    """A link in a menu; `page_id` is that of the page in the guest's language, if it is one."""

    label: str
    url: str
    page_id: int | None = None


@dataclass(frozen=True)
class MenuGroup:
    """Links under a heading."""

    label: str
    links: list[MenuLink]


@dataclass(frozen=True)
class Menus:
    """The menus of a site in a language, the same on all its pages."""

    header: list[MenuLink]
    footer: list[MenuGroup]


@dataclass(frozen=True)
class Frame:
    """What is around a page's contents."""

    trail: list[Page]
    versions: list[Page]
    menu: list[MenuLink] = field(default_factory=list)
    footer: list[MenuGroup] = field(default_factory=list)


def venue_of(request: HttpRequest) -> Venue | None:
    """Return the venue whose host was asked for, or None when the tenant has none yet.

    A staff host belongs to all properties of its tenant; what is drawn there, previews of single
    blocks, shows the first.
    """
    if not hasattr(request, "venue"):
        found = _find_venue(request)
        request.venue = found  # type: ignore[attr-defined]  # ours
        if found is not None:
            remember(request.get_host(), found.look)
    venue: Venue | None = getattr(request, "venue", None)
    return venue


def _find_venue(request: HttpRequest) -> Venue | None:
    name, _colon, _port = request.get_host().partition(":")
    found = known(request, ("venue", name), lambda: _venue(_property_at(name)))
    if found is None:
        return _venue(_other_property(request))
    # where Site.find_for_request() says that it keeps its answer
    request._wagtail_site = found.property.site  # type: ignore[attr-defined]
    return found


def _venue(house: Property | None) -> Venue | None:
    if house is None:
        return None
    settings = getattr(house.site, "sitesettings", None) or SiteSettings.for_site(house.site)
    read_renditions([settings.logo])
    navigation = getattr(house.site, "navigation", None)
    has_restrictions: bool = getattr(house, HAS_RESTRICTIONS)
    return Venue(house, settings, look_of(settings), navigation, has_restrictions)


def _property_at(host: str) -> Property | None:
    """Return the property of a host; none is another's, so that nothing needs an order."""
    return next(iter(_properties().filter(site__hostname=host).order_by()), None)


def _other_property(request: HttpRequest) -> Property | None:
    """Return the property that a host without one of its own shows: else the tenant's first."""
    site = Site.find_for_request(request)
    rows = _properties()
    return (rows.filter(site=site) if site else rows.order_by("site_id")).first()


def _properties() -> "QuerySet[Property]":
    """Return properties with all that the frame of their pages shows."""
    related = Property.objects.select_related(
        "tenant", "site__root_page", "site__sitesettings__logo", "site__navigation"
    )
    return related.annotate(**{HAS_RESTRICTIONS: Exists(PageViewRestriction.objects.all())})


def look_of(settings: SiteSettings) -> Look:
    """Return the look of a property's theme, with what the property chose itself."""
    theme = LOOKS[Theme(settings.theme)]
    return replace(theme, face=settings.face or theme.face, scheme=settings.scheme)


def home_of(request: HttpRequest) -> Page | None:
    """Return the published home page in the request's language, else the main language's."""
    site = Site.find_for_request(request)
    home = site and site.root_page.localized
    return home if home and home.live else None


def frame_of(request: HttpRequest, page: Page | None) -> Frame:
    """Return what is around a page, from one query for all the pages that it names.

    Where there is no page, it is what is around the home page, but for its languages.
    """
    if not page:
        home = home_of(request)
        return replace(frame_of(request, home), versions=[]) if home else Frame([], [])
    drawn: tuple[Page, Frame] | None = getattr(request, "frame", None)
    if drawn is None or drawn[0] is not page:
        drawn = (page, _frame(request, page))
        request.frame = drawn  # type: ignore[attr-defined]  # ours
    return drawn[1]


def _frame(request: HttpRequest, page: Page) -> Frame:
    venue, language = venue_of(request), get_language()
    navigation = venue.navigation if venue else None
    pages: list[Page] = []

    def read() -> Menus:
        entries = navigation.all_entries() if navigation else []
        has_header = bool(navigation and navigation.header_entries())
        pages.extend(_pages_around(page, entries, with_default_menu=not has_header))
        return _menus(navigation, Linker(request, page, pages, language))

    host = venue.property.site.hostname if venue else ""
    menus = known(request, ("menus", host, page.locale_id, language), read)
    pages = pages or _pages_around(page, (), with_default_menu=False)
    return Frame(
        trail=[*(each for each in pages if each.path in _paths_above(page)), page],
        versions=_versions(page, pages),
        menu=menus.header,
        footer=menus.footer,
    )


def _menus(navigation: Navigation | None, linker: "Linker") -> Menus:
    header = navigation.header_entries() if navigation else []
    groups = navigation.footer_groups() if navigation else []
    footer = [
        MenuGroup(group.label_in(linker.language), linker.links(group.entries)) for group in groups
    ]
    return Menus(
        header=linker.links(header) if header else linker.default_menu(),
        footer=[group for group in footer if group.links],
    )


def _paths_above(page: Page) -> list[str]:
    """Return the paths of a page's ancestors, from its home page down."""
    step = page.steplen
    return [page.path[: step * depth] for depth in range(HOME_DEPTH, page.depth)]


def _home_path(page: Page) -> str:
    path: str = page.path[: page.steplen * HOME_DEPTH]
    return path


def _pages_around(page: Page, entries: Iterable[Entry], *, with_default_menu: bool) -> list[Page]:
    shelf = current_shelf()
    chosen = {entry.page_id for entry in entries if entry.page_id}
    chosen |= shelf.wanted(Page) if shelf else set()
    wanted = Q(path__in=_paths_above(page)) | Q(translation_key=page.translation_key, live=True)
    if chosen:
        keys = Page.objects.filter(pk__in=chosen).values("translation_key")
        wanted |= Q(pk__in=chosen) | Q(translation_key__in=keys, locale_id=page.locale_id)
    if with_default_menu:
        below = Q(path__startswith=_home_path(page), depth=HOME_DEPTH + 1)
        wanted |= below & Q(live=True, show_in_menus=True)
    # sorted here: an ORDER BY has Django compare each column with it
    found = sorted(Page.objects.filter(wanted).order_by(), key=lambda each: each.path)
    for each in found:
        each.locale = languages.locale_of(each.locale_id)
    if shelf:
        shelf.put(Page, found)
    return found


def _versions(page: Page, pages: Iterable[Page]) -> list[Page]:
    order = [code for code, _name in settings.LANGUAGES]
    return sorted(
        (each for each in pages if each.translation_key == page.translation_key and each.live),
        key=lambda version: order.index(version.locale.language_code),
    )


@dataclass(frozen=True)
class Linker:
    """Makes links of menu entries, from pages that are already loaded."""

    request: HttpRequest
    page: Page
    pages: list[Page]
    language: str

    def links(self, entries: Iterable[Entry]) -> list[MenuLink]:
        """Return links in the page's language, without those that lead nowhere in it."""
        made = (self._link(entry) for entry in entries)
        return [link for link in made if link is not None and link.url]

    def default_menu(self) -> list[MenuLink]:
        """Return links to the published pages under the home page that want to be in menus."""
        home = _home_path(self.page)
        wanting = (
            each
            for each in self.pages
            if each.path.startswith(home)
            and each.depth == HOME_DEPTH + 1
            and each.live
            and each.show_in_menus
        )
        return [self._to(each, "") for each in wanting]

    def _link(self, entry: Entry) -> MenuLink | None:
        if entry.url:
            return MenuLink(entry.label_in(self.language), entry.url)
        source = next((each for each in self.pages if each.pk == entry.page_id), None)
        here = next((each for each in self.pages if source and self._is_here(each, source)), None)
        return self._to(here, entry.label_in(self.language)) if here else None

    def _is_here(self, candidate: Page, source: Page) -> bool:
        is_same = candidate.translation_key == source.translation_key
        return is_same and candidate.locale_id == self.page.locale_id and candidate.live

    def _to(self, page: Page, label: str) -> MenuLink:
        return MenuLink(label or page.title, page.get_url(self.request) or "", page.pk)
