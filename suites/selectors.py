"""What guests read of suites. The number of queries never depends on the number of suites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from django.db.models import Prefetch
from wagtail.images import get_image_model

from suites.enums import DayClass
from suites.models import Feature, Inclusion, SpecialDay, Stay, StayPrice, SuiteType
from suites.pages import SuitePage, SuitePhoto
from suites.rules import starting_price
from tenancy.models import Property
from theme.languages import locale_id

Word = TypeVar("Word", Feature, Inclusion)


@dataclass(frozen=True)
class SuiteCard:
    """A suite type in a list."""

    page: SuitePage
    features: list[Feature]
    from_centavos: int | None


@dataclass(frozen=True)
class Price:
    """What a stay costs on some days, and what it then includes."""

    stay: Stay
    centavos: int
    inclusions: list[Inclusion]


@dataclass(frozen=True)
class PriceRow:
    """A stay's prices, in the order of the table's day classes; None where it is not sold."""

    stay: Stay
    prices: list[Price | None]


@dataclass(frozen=True)
class SpecialPrices:
    """The prices of one special day."""

    day: SpecialDay
    prices: list[Price]


@dataclass(frozen=True)
class PriceTable:
    """All prices of a suite type."""

    day_classes: list[DayClass]
    rows: list[PriceRow]
    specials: list[SpecialPrices]

    def __bool__(self) -> bool:
        return bool(self.rows or self.specials)


@dataclass(frozen=True)
class SuiteFacts:
    """What a suite type is and has."""

    features: list[Feature]
    unit_count: int
    from_centavos: int | None


def suite_cards(
    *, motel: Property, language: str, only: Sequence[SuiteType] = ()
) -> list[SuiteCard]:
    """Return the motel's suite types that have a published page in the language.

    `only` picks some of them, and then gives their order.
    """
    pages = _pages(motel, language)
    if only:
        rank = {suite_type.pk: position for position, suite_type in enumerate(only)}
        pages = sorted(
            (page for page in pages if page.suite_type_id in rank),
            key=lambda page: rank[page.suite_type_id],
        )
    names = _translated(Feature, (f for p in pages for f in p.suite_type.features.all()), language)
    return [
        SuiteCard(
            page=page,
            features=[names[feature.pk] for feature in page.suite_type.features.all()],
            from_centavos=_from_centavos(page.suite_type),
        )
        for page in pages
    ]


def price_table(suite_type: SuiteType, *, language: str) -> PriceTable:
    """Return a suite type's prices by stay and day, in the order of the stays."""
    found = list(
        StayPrice.objects.filter(suite_type=suite_type)
        .select_related("stay", "special_day")
        .prefetch_related("inclusions")
        .order_by("stay__position", "stay__slug")
    )
    names = _translated(Inclusion, (i for price in found for i in price.inclusions.all()), language)
    regular = [price for price in found if price.day_class != DayClass.SPECIAL]
    special = [price for price in found if price.day_class == DayClass.SPECIAL]
    in_use = {price.day_class for price in regular}
    day_classes = [day_class for day_class in DayClass if day_class in in_use]
    return PriceTable(day_classes, _rows(regular, day_classes, names), _specials(special, names))


def suite_facts(suite_type: SuiteType, *, language: str) -> SuiteFacts:
    """Return a suite type's features, how many suites there are of it, its lowest price."""
    features = list(suite_type.features.all())
    names = _translated(Feature, features, language)
    return SuiteFacts(
        features=[names[feature.pk] for feature in features],
        unit_count=suite_type.suites.count(),
        from_centavos=_from_centavos(suite_type),
    )


def photos_of(page: SuitePage) -> list[SuitePhoto]:
    """Return a suite page's gallery; a draft's own while it is previewed."""
    return list(page.photos.all())


def _from_centavos(suite_type: SuiteType) -> int | None:
    return starting_price((price.day_class, price.centavos) for price in suite_type.prices.all())


def _pages(motel: Property, language: str) -> list[SuitePage]:
    covers = get_image_model().objects.prefetch_renditions()
    return list(
        SuitePage.objects.live()
        .filter(suite_type__property=motel, locale__language_code=language)
        .select_related("suite_type")
        .prefetch_related(
            Prefetch("cover", queryset=covers),
            "suite_type__features",
            "suite_type__prices",
        )
        .order_by("suite_type__position", "suite_type__name")
    )


def _translated(model: type[Word], words: Iterable[Word], language: str) -> dict[object, Word]:
    """Map the words' ids to the same words in the language, themselves where it lacks them."""
    originals: dict[object, Word] = {word.pk: word for word in words}
    if all(word.locale_id == locale_id(language) for word in originals.values()):
        return originals
    keys = {word.translation_key for word in originals.values()}
    found = {
        word.translation_key: word
        for word in model.objects.filter(translation_key__in=keys, locale__language_code=language)
    }
    return {pk: found.get(word.translation_key, word) for pk, word in originals.items()}


def _price(price: StayPrice, names: dict[object, Inclusion]) -> Price:
    inclusions = [names[inclusion.pk] for inclusion in price.inclusions.all()]
    return Price(price.stay, price.centavos, inclusions)


def _rows(
    prices: list[StayPrice], day_classes: list[DayClass], names: dict[object, Inclusion]
) -> list[PriceRow]:
    rows = []
    for _stay_id, group in groupby(prices, key=lambda price: price.stay_id):
        by_day = {price.day_class: _price(price, names) for price in group}
        stay = next(iter(by_day.values())).stay
        rows.append(PriceRow(stay, [by_day.get(day_class) for day_class in day_classes]))
    return rows


def _specials(prices: list[StayPrice], names: dict[object, Inclusion]) -> list[SpecialPrices]:
    by_day: dict[SpecialDay, list[Price]] = {}
    for price in prices:
        by_day.setdefault(price.special_day, []).append(_price(price, names))
    days = sorted(by_day, key=lambda day: day.as_date())
    return [SpecialPrices(day, by_day[day]) for day in days]
