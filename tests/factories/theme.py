"""What pages are drawn with, without a request."""

from tenancy.models import Property
from theme.models import SiteSettings
from theme.selectors import Venue, look_of


def venue_of_property(motel: Property) -> Venue:
    """Return a property as its pages show it."""
    settings = SiteSettings.for_site(motel.site)
    return Venue(motel, settings, look_of(settings))
