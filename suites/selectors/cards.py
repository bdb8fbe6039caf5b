"""Suite types as guests see them: in lists, and on pages of their own."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from suites.enums import Accessibility, SuiteState
from suites.models import Feature, Suite, SuiteType, SuiteTypeFeature
from suites.pages import SuitePage, SuitePhoto
from suites.rules.quotes import Quote, quotes
from suites.rules.tables import Table, price_table, today
from suites.rules.tariffs import Tariff
from suites.selectors.offers import Offer


@dataclass(frozen=True)
class Word:
    """A feature as guests read it. Its slug is the same in all languages."""

    slug: str
    name: str
    icon: str


@dataclass(frozen=True)
class SuiteCard:
    """A suite type in a list, as of an instant."""

    page: SuitePage
    features: list[Word]
    tariff: Tariff
    table: Table
    quotes: list[Quote]

    @property
    def suite_type(self) -> SuiteType:
        return self.page.suite_type

    @property
    def from_centavos(self) -> int | None:
        """What the house advertises: the lowest price of an ordinary day."""
        return self.table.starting_price

    @property
    def now_centavos(self) -> int | None:
        """The lowest price of those that arrive at the instant; None when nothing is sold."""
        return min((quote.centavos for quote in self.quotes), default=None)


@dataclass(frozen=True)
class SuiteFacts:
    """What a suite type is and has."""

    features: list[Word]
    accessibility: list[Accessibility]
    unit_count: int
    open_count: int

    @property
    def is_out(self) -> bool:
        """Whether there are suites of the type, and none can be used."""
        return bool(self.unit_count) and not self.open_count


def suite_cards(offer: Offer, *, at: datetime, only: Sequence[SuiteType] = ()) -> list[SuiteCard]:
    """Return the property's suite types that have a published page in the offer's language.

    `only` picks some of them, and then gives their order.
    """
    pages = published_pages(offer)
    if only:
        rank = {suite_type.pk: position for position, suite_type in enumerate(only)}
        chosen = (page for page in pages if page.suite_type_id in rank)
        pages = sorted(chosen, key=lambda page: rank[page.suite_type_id])
    return cards_of(offer, pages, at=at)


def pages_of(offer: Offer) -> "QuerySet[SuitePage]":
    """Return the published suite pages of a property in a language, in the order of the house."""
    found = SuitePage.objects.live().filter(
        suite_type__property=offer.motel, locale__language_code=offer.language
    )
    related = found.select_related("suite_type", "cover")
    return related.order_by("suite_type__position", "suite_type__name")


def published_pages(offer: Offer) -> list[SuitePage]:
    """Return the same, read once for a page."""
    return offer.once("pages", lambda: list(pages_of(offer)))


def read_pictures(cards: list[SuiteCard]) -> None:
    """Read all cards' renditions, right before they are drawn: others may make some earlier."""
    prefetch_related_objects([card.page for card in cards], "cover__renditions")


def cards_of(offer: Offer, pages: Iterable[SuitePage], *, at: datetime) -> list[SuiteCard]:
    """Return the cards of suite pages, as of an instant."""
    features = offer.once("features", lambda: features_of(offer))
    return [_card(offer, page, features.get(page.suite_type_id, []), at) for page in pages]


def features_of(offer: Offer, suite_type: SuiteType | None = None) -> dict[Hashable, list[Word]]:
    """Return the features of the property's suite types, or of one, by the types' keys."""
    translated = Feature.objects.filter(
        translation_key=OuterRef("feature__translation_key"),
        locale__language_code=offer.language,
    ).values("name")[:1]
    links = SuiteTypeFeature.objects.filter(suite_type__property=offer.motel)
    if suite_type is not None:
        links = links.filter(suite_type=suite_type)
    rows = links.annotate(name=Coalesce(Subquery(translated), F("feature__name")))
    found: dict[Hashable, list[Word]] = {}
    for key, *word in rows.order_by("feature__name").values_list(
        "suite_type_id", "feature__slug", "name", "feature__icon"
    ):
        found.setdefault(key, []).append(Word(*word))
    return found


def suite_facts(offer: Offer, suite_type: SuiteType) -> SuiteFacts:
    """Return a suite type's features, and how many suites there are of it."""
    states = list(Suite.objects.filter(suite_type=suite_type).values_list("state", flat=True))
    return SuiteFacts(
        features=features_of(offer, suite_type).get(suite_type.pk, []),
        accessibility=suite_type.accessibility(),
        unit_count=len(states),
        open_count=states.count(SuiteState.OPEN),
    )


def photos_of(page: SuitePage) -> list[SuitePhoto]:
    """Return a suite page's gallery; a draft's own while it is previewed."""
    return list(page.photos.all())


def _card(offer: Offer, page: SuitePage, features: list[Word], at: datetime) -> SuiteCard:
    tariff = offer.tariff(page.suite_type)
    table = price_table(tariff, on=today(tariff, at))
    return SuiteCard(page, features, tariff, table, quotes(tariff, at=at))
