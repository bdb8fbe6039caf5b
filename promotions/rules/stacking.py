"""Which of the promotions that hold for a stay are applied: what is best for the guest.

Each discount is counted on the whole bill, never on what another one has left of it, so that their
order does not matter; together they take at most the bill. An exclusive promotion stands alone, of
a group one is applied, and one that is free goes with all but exclusive ones.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from promotions.enums import Stacking
from promotions.rules.effects import Discount


@dataclass(frozen=True)
class Lane:
    """With which others a promotion may be combined."""

    stacking: Stacking = Stacking.EXCLUSIVE
    group: str = ""

    def combines(self, other: "Lane") -> bool:
        """Return whether one promotion may be applied beside another."""
        if Stacking.EXCLUSIVE in {self.stacking, other.stacking}:
            return False
        is_grouped = Stacking.GROUP == self.stacking == other.stacking
        return not (is_grouped and self.group == other.group)


@dataclass(frozen=True)
class Offer:
    """A promotion that holds, and what it would give."""

    key: Hashable
    discount: Discount
    lane: Lane = Lane()


Gain: TypeAlias = tuple[int, int, int]
"""Centavos, hours and courtesies: more of the first is better, then of the second, of the third."""


def gain(offers: Iterable[Offer], centavos: int) -> Gain:
    """Return what promotions give together on a bill of so many centavos."""
    given = [offer.discount for offer in offers]
    total = sum(each.centavos for each in given)
    courtesies = sum(bool(each.courtesy) for each in given)
    return min(total, centavos), sum(each.hours for each in given), courtesies


def best(offers: Iterable[Offer], centavos: int) -> tuple[Offer, ...]:
    """Return the promotions that together give most on a bill, in the order of their keys.

    None that adds nothing is among them. The order in which they come does not matter.
    """
    useful = sorted((each for each in offers if not each.discount.is_nothing), key=_name)
    alone = [(each,) for each in useful if each.lane.stacking == Stacking.EXCLUSIVE]
    found = max([*_combined(useful, centavos), *alone], key=lambda each: gain(each, centavos))
    return _needed(sorted(found, key=_name), centavos)


def beside(offer: Offer, others: Iterable[Offer], centavos: int) -> tuple[Offer, ...]:
    """Return which of other promotions go best beside one, on the same bill: those that combine.

    What they give together with it is at most the bill: `gain` on what it leaves of that.
    """
    fitting = (each for each in others if each.key != offer.key and each.lane.combines(offer.lane))
    return best(fitting, centavos - offer.discount.centavos)


def _needed(found: list[Offer], centavos: int) -> tuple[Offer, ...]:
    """Leave out, one after the other, what adds nothing to the rest."""
    for offer in list(found):
        rest = [each for each in found if each is not offer]
        if gain(rest, centavos) == gain(found, centavos):
            found = rest
    return tuple(found)


def _combined(useful: list[Offer], centavos: int) -> list[tuple[Offer, ...]]:
    """Return the combinations of promotions that aren't exclusive, of which one is the best."""
    combinations: list[tuple[Offer, ...]] = [()]
    for options in _lanes(useful):
        choices: list[tuple[Offer, ...]] = [(), *((each,) for each in options)]
        longer = [(*each, *choice) for each in combinations for choice in choices]
        combinations = _promising(longer, centavos)
    return combinations


def _lanes(useful: Iterable[Offer]) -> list[list[Offer]]:
    """Return the promotions of which one at a time can be applied, each such set by itself."""
    lanes: dict[tuple[Stacking, Hashable], list[Offer]] = {}
    for offer in useful:
        if offer.lane.stacking == Stacking.GROUP:
            lanes.setdefault((Stacking.GROUP, offer.lane.group), []).append(offer)
        elif offer.lane.stacking == Stacking.FREE:
            lanes[Stacking.FREE, offer.key] = [offer]
    return list(lanes.values())


def _promising(combinations: list[tuple[Offer, ...]], centavos: int) -> list[tuple[Offer, ...]]:
    """Leave out what others beat in centavos and in all else: whatever is added, they still do."""
    kept: list[tuple[Offer, ...]] = []
    most = -1
    gains = [(gain(each, centavos), each) for each in combinations]
    for (taken, _hours, _courtesies), each in sorted(gains, key=_rest_first):
        if taken > most:
            kept.append(each)
            most = taken
    return kept


def _rest_first(item: tuple[Gain, tuple[Offer, ...]]) -> tuple[int, int, int]:
    taken, hours, courtesies = item[0]
    return -hours, -courtesies, -taken


def _name(offer: Offer) -> str:
    return str(offer.key)
