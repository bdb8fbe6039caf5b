"""Room types, what they cost by stay and day, and the pages that show them."""

from suites.models.calendars import PropertyCalendar, SpecialDay
from suites.models.prices import StayPrice, StayPriceInclusion
from suites.models.stays import Stay
from suites.models.suite_types import Suite, SuiteType, SuiteTypeFeature
from suites.models.words import Feature, Inclusion
from suites.pages import SuiteIndexPage, SuitePage, SuitePhoto

__all__ = [
    "Feature",
    "Inclusion",
    "PropertyCalendar",
    "SpecialDay",
    "Stay",
    "StayPrice",
    "StayPriceInclusion",
    "Suite",
    "SuiteIndexPage",
    "SuitePage",
    "SuitePhoto",
    "SuiteType",
    "SuiteTypeFeature",
]
