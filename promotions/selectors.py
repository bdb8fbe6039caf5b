"""What guests read of promotions. The number of queries never depends on how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from promotions.pages import PromotionPage
from promotions.rules.spans import Phase, phase_at
from suites.models import Stay
from suites.selectors import Offer, SuiteCard, read_pictures, suite_cards
from tenancy.models import Property
from theme.routing import root_path

FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class PromotionFacts:
    """Where a promotion stands, and what it covers; nothing named means everything.

    `suites` are those that have a page. One that `is_limited` may be for others alone.
    """

    phase: Phase
    suites: list[SuiteCard]
    stays: list[Stay]
    is_limited: bool


def published_promotions(*, venue: Property, language: str) -> list[PromotionPage]:
    """Return the published promotions of a property, whenever they are in force.

    Those that end first come first.
    """
    root = root_path(venue.site, language)
    if root is None:
        return []
    pages = (
        PromotionPage.objects.live()
        .filter(url_path__startswith=root)
        .select_related("cover")
        .order_by()
    )
    return sorted(pages, key=lambda page: (page.ends_at or FOREVER, page.path))


def in_force(pages: Iterable[PromotionPage], *, at: datetime) -> list[PromotionPage]:
    """Return the promotions that are in force at an instant."""
    return [page for page in pages if phase_at(page.windows, at) is Phase.LIVE]


def promotion_facts(page: PromotionPage, *, offer: Offer, at: datetime) -> PromotionFacts:
    """Return what a promotion covers of an offer, and where it stands at an instant."""
    types = [each.suite_type for each in page.suite_types.select_related("suite_type")]
    suites = suite_cards(offer, at=offer.spell(at).begins_at, only=types) if types else []
    read_pictures(suites)
    stays = page.stays.filter(stay__property=offer.house).select_related("stay")
    return PromotionFacts(
        phase=phase_at(page.windows, at),
        suites=suites,
        stays=[each.stay for each in stays],
        is_limited=bool(types),
    )
