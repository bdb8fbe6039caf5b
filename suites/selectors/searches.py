"""The search among a property's suites: features, a price now, words."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime

from suites.pages import FEATURE, PRICE, WORDS, SuitePage
from suites.selectors.cards import SuiteCard, Word, cards_of, published_pages, vocabulary_of
from suites.selectors.offers import Offer

MOST_CHARACTERS = 80
MOST_REAIS = 1_000_000


@dataclass(frozen=True)
class SuiteSearch:
    """A search, and what it found. `choices` are the features that some suite has."""

    words: str
    features: tuple[str, ...]
    reais: int | None
    choices: list[Word]
    cards: list[SuiteCard]

    @property
    def is_active(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.words or self.features or self.reais is not None)

    @property
    def wanted(self) -> list[Word]:
        """The features that are asked for."""
        return [word for word in self.choices if word.slug in self.features]

    @property
    def centavos(self) -> int | None:
        """The price that is asked for."""
        return None if self.reais is None else self.reais * 100


def search_suites(offer: Offer, *, at: datetime, query: Mapping[str, list[str]]) -> SuiteSearch:
    """Return the suites that an address asks for; what it says amiss is not asked.

    A suite has to have all features, and something to sell at the instant for the price.
    """
    words = " ".join(_first(query, WORDS).replace("\x00", "").split())[:MOST_CHARACTERS]
    reais = _reais(_first(query, PRICE))
    cards = cards_of(offer, published_pages(offer), at=at)
    choices = vocabulary_of(cards)
    asked = set(query.get(FEATURE, []))
    wanted = tuple(word.slug for word in choices if word.slug in asked)
    hits = _hits(words, cards) if words else None
    return SuiteSearch(
        words=words,
        features=wanted,
        reais=reais,
        choices=choices,
        cards=[card for card in cards if _fits(card, hits, wanted, reais)],
    )


def _hits(words: str, cards: list[SuiteCard]) -> set[Hashable]:
    """Return the keys of the pages that have the words, in their text or a feature's name."""
    pages = SuitePage.objects.filter(pk__in=[card.page.pk for card in cards])
    found = pages.search(words, operator="and", order_by_relevance=False)
    named = {
        card.page.pk
        for card in cards
        for word in card.features
        if words.casefold() in word.name.casefold()
    }
    return {page.pk for page in found} | named


def _fits(
    card: SuiteCard, hits: set[Hashable] | None, wanted: tuple[str, ...], reais: int | None
) -> bool:
    slugs = {word.slug for word in card.features}
    now = card.now_centavos
    return (
        (hits is None or card.page.pk in hits)
        and slugs.issuperset(wanted)
        and (reais is None or (now is not None and now <= reais * 100))
    )


def _first(query: Mapping[str, list[str]], name: str) -> str:
    return next(iter(query.get(name, [])), "").strip()


def _reais(text: str) -> int | None:
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(MOST_REAIS)):
        return None
    return min(int(text), MOST_REAIS)
