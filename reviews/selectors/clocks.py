"""What clocks show where something was said."""

from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone

from reviews.models import Location
from tenancy.models import Property


def zone_of(location: Location) -> tzinfo:
    """Return the time zone of a location's house, else the one that holds now."""
    house = Property.objects.filter(pk=location.property_id).only("timezone").first()
    return ZoneInfo(house.timezone) if house else timezone.get_current_timezone()
