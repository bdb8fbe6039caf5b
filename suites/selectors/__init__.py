"""What guests read of suites. The number of queries never depends on the number of suites."""

from suites.selectors.cards import (
    SuiteCard,
    SuiteFacts,
    name_of,
    photos_of,
    published_pages,
    read_pictures,
    suite_cards,
    suite_facts,
)
from suites.selectors.comparisons import Comparison, Lowest, compare_suites
from suites.selectors.now import PriceNow, prices_now
from suites.selectors.offers import Offer
from suites.selectors.searches import SuiteSearch, search_suites
from suites.selectors.tables import PriceTable, price_table

__all__ = [
    "Comparison",
    "Lowest",
    "Offer",
    "PriceNow",
    "PriceTable",
    "SuiteCard",
    "SuiteFacts",
    "SuiteSearch",
    "compare_suites",
    "name_of",
    "photos_of",
    "price_table",
    "prices_now",
    "published_pages",
    "read_pictures",
    "search_suites",
    "suite_cards",
    "suite_facts",
]
