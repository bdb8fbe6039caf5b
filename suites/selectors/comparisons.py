"""Suite types side by side."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime

from suites.models import Stay, SuiteType
from suites.rules.tables import Row
from suites.selectors.cards import SuiteCard, Word, suite_cards, vocabulary_of
from suites.selectors.offers import Offer


@dataclass(frozen=True)
class Lowest:
    """The lowest price of a stay, in centavos; `is_only` when it has no other."""

    centavos: int
    is_only: bool


@dataclass(frozen=True)
class Comparison:
    """Each feature with who has it, each stay with each one's lowest price; in the cards' order.

    A suite type that is out of use has no prices, as on its card.
    """

    cards: list[SuiteCard]
    features: list[tuple[Word, list[bool]]]
    prices: list[tuple[Stay, list[Lowest | None]]]


def compare_suites(
    offer: Offer, suite_types: Sequence[SuiteType | None], *, at: datetime
) -> Comparison:
    """Return suite types that have a page in the offer's language, compared."""
    cards = suite_cards(offer, at=at, only=suite_types) if suite_types else []
    words = vocabulary_of(cards)
    features = [(word, [word in card.features for card in cards]) for word in words]
    rows = [_prices(card) for card in cards]
    prices = [
        (stay, [row.get(key) for row in rows])
        for key, stay in offer.stays.items()
        if any(key in row for row in rows)
    ]
    return Comparison(cards, features, prices)


def _prices(card: SuiteCard) -> dict[Hashable, Lowest]:
    return {} if card.is_out else {row.stay.key: _lowest(row) for row in card.table.rows}


def _lowest(row: Row) -> Lowest:
    amounts = {price.centavos for cell in row.cells for price in cell}
    return Lowest(min(amounts), is_only=len(amounts) == 1)
