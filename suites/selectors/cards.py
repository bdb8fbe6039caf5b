"""Suite types as guests see them: in lists, and on pages of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from suites.enums import Accessibility, SuiteState
from suites.models import Feature, Suite, SuiteType, SuiteTypeFeature
from suites.pages import SuitePage, SuitePhoto
from suites.rules.tables import Table
from suites.rules.tariffs import Tariff
from suites.selectors.offers import Offer, as_array, name_in
from suites.selectors.sold import Sold, sold
from theme.pictures import read_renditions
from theme.routing import root_path


@dataclass(frozen=True)
class Word:
    """A feature as guests read it. Its slug and position are the same in all languages."""

    slug: str
    name: str
    icon: str
    position: int


@dataclass(frozen=True)
class SuiteCard:
    """A suite type in a list, as of an instant."""

    page: SuitePage
    features: list[Word]
    tariff: Tariff
    table: Table
    sold: list[Sold]
    is_out: bool = False

    @property
    def suite_type(self) -> SuiteType:
        return self.page.suite_type

    @property
    def from_centavos(self) -> int | None:
        """What the house advertises: the lowest price of an ordinary day; None while it is out."""
        return None if self.is_out else self.table.starting_price

    @property
    def now_centavos(self) -> int | None:
        """The lowest that those pay who arrive at the instant; None when nothing is sold."""
        return min((each.centavos for each in self.sold), default=None)


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


def suite_cards(
    offer: Offer, *, at: datetime, only: Sequence[SuiteType | None] = ()
) -> list[SuiteCard]:
    """Return the property's suite types that have a published page in the offer's language.

    `only` picks some of them, and then gives their order; those that are gone are None.
    """
    pages = published_pages(offer)
    if only:
        rank = {each.pk: position for position, each in enumerate(only) if each}
        chosen = (page for page in pages if page.suite_type_id in rank)
        pages = sorted(chosen, key=lambda page: rank[page.suite_type_id])
    return cards_of(offer, pages, at=at)


def pages_of(offer: Offer) -> "QuerySet[SuitePage]":
    """Return the published suite pages of a property in a language, in the order of the house.

    They are in the property's own tree, and of a suite type of its own.
    """
    root = root_path(offer.house.site, offer.language)
    if root is None:
        return SuitePage.objects.none()
    own = SuitePage.objects.live().filter(url_path__startswith=root)
    found = own.filter(suite_type__property=offer.house)
    related = found.select_related("suite_type", "cover")
    related = related.annotate(words=words_of("suite_type", offer.language))
    return related.order_by("suite_type__position", "suite_type__name")


def published_pages(offer: Offer) -> list[SuitePage]:
    """Return the same, read once for a page."""
    return offer.once("pages", lambda: list(pages_of(offer)))


def name_of(offer: Offer, suite_type: SuiteType) -> str:
    """Return what guests call a suite type: its page's title, its own name where it has none."""
    titles = {page.suite_type_id: page.title for page in published_pages(offer)}
    return titles.get(suite_type.pk, suite_type.name)


def read_pictures(cards: list[SuiteCard]) -> None:
    """Read all cards' renditions, right before they are drawn: others may make some earlier."""
    read_renditions(card.page.cover for card in cards)


def cards_of(offer: Offer, pages: Iterable[SuitePage], *, at: datetime) -> list[SuiteCard]:
    """Return the cards of suite pages, as of an instant."""
    return [offer.as_of(at, ("card", page.pk), partial(_card, offer, page, at)) for page in pages]


def words_of(suite_type: str, language: str) -> ArraySubquery:
    """Return a suite type's features in the vocabulary's order, to annotate what leads to it."""
    links = SuiteTypeFeature.objects.filter(suite_type=OuterRef(suite_type))
    named = links.annotate(name=name_in(language, Feature, "feature"))
    fields = {each: f"feature__{each}" for each in ("slug", "icon", "position")}
    ordered = named.order_by("feature__position", "feature__name")
    return as_array(ordered, {**fields, "name": "name"})


def vocabulary_of(cards: Iterable[SuiteCard]) -> list[Word]:
    """Return the features that any of the suites has, each once, in the vocabulary's order."""
    words = {word.slug: word for card in cards for word in card.features}
    return sorted(words.values(), key=lambda word: (word.position, word.name))


def suite_facts(offer: Offer, suite_type: SuiteType) -> SuiteFacts:
    """Return a suite type's features, and how many suites there are of it."""
    return offer.once(("facts", suite_type.pk), lambda: _facts(offer, suite_type))


def _facts(offer: Offer, suite_type: SuiteType) -> SuiteFacts:
    suites = Suite.objects.filter(suite_type=OuterRef("pk"))
    rows = SuiteType.objects.filter(pk=suite_type.pk).values_list(
        words_of("pk", offer.language), ArraySubquery(suites.values("state"))
    )
    words, states = rows.first() or ((), ())
    return SuiteFacts(
        features=[Word(**word) for word in words],
        accessibility=suite_type.accessibility(),
        unit_count=len(states),
        open_count=states.count(SuiteState.OPEN),
    )


def photos_of(page: SuitePage) -> list[SuitePhoto]:
    """Return a suite page's gallery, a draft's own while it is previewed.

    Its cover and the gallery's pictures come with their renditions.
    """
    photos = list(page.photos.select_related("image"))
    read_renditions([page.cover, *(photo.image for photo in photos)])
    return photos


def _card(offer: Offer, page: SuitePage, at: datetime) -> SuiteCard:
    tariff, table = offer.tariff(page.suite_type), offer.table(page.suite_type, at)
    words = [Word(**word) for word in page.words]
    found = sold(offer, page.suite_type, at=at)
    is_out = page.suite_type_id in offer.out
    return SuiteCard(page, words, tariff, table, found, is_out=is_out)
