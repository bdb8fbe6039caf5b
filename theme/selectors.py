"""What the frame of every page shows: the venue, its menu, the page's other languages."""

from dataclasses import dataclass, replace

from django.conf import settings as project
from django.http import HttpRequest
from wagtail.models import Page, Site

from tenancy.models import Property
from theme.enums import Theme
from theme.looks import LOOKS, Look, remember
from theme.models import SiteSettings


@dataclass(frozen=True)
class Venue:
    """A property as guests meet it."""

    property: Property
    settings: SiteSettings
    look: Look


def venue_of(request: HttpRequest) -> Venue | None:
    """Return the venue whose host was asked for, or None when the tenant has none yet.

    A staff host belongs to all properties of its tenant; what is drawn there, previews of single
    blocks, shows the first.
    """
    site = Site.find_for_request(request) or Site.objects.order_by("pk").first()
    if site is None or not hasattr(site, "property"):
        return None
    settings = SiteSettings.for_site(site)
    look = look_of(settings)
    remember(request.get_host(), look)
    return Venue(site.property, settings, look)


def look_of(settings: SiteSettings) -> Look:
    """Return the look of a property's theme, with what the property chose itself."""
    theme = LOOKS[Theme(settings.theme)]
    return replace(theme, face=settings.face or theme.face, scheme=settings.scheme)


def home_of(request: HttpRequest) -> Page | None:
    """Return the published home page in the request's language, else the main language's."""
    site = Site.find_for_request(request)
    home = site and site.root_page.localized
    return home if home and home.live else None


def trail_of(page: Page) -> list[Page]:
    """Return the page's ancestors from its home page down, the page itself last."""
    return [*page.get_ancestors().filter(depth__gt=1), page]


def menu_of(home: Page) -> list[Page]:
    """Return the published pages right under a home page that want to be in its menu."""
    return list(home.get_children().live().in_menu())


def translations_of(page: Page) -> list[Page]:
    """Return the published versions of a page, itself included, the main language first."""
    found = Page.objects.live().filter(translation_key=page.translation_key)
    order = [code for code, _name in project.LANGUAGES]
    return sorted(
        found.select_related("locale"),
        key=lambda version: order.index(version.locale.language_code),
    )
