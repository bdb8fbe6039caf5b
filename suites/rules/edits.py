"""What becomes of a slot's prices when somebody edits them: what has been in force stays."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from suites.rules.tariffs import Price, Slot, standing


@dataclass
class Edit:
    """What is to be stored: prices by their keys, and new ones. `ended` were taken away."""

    stored: dict[Hashable, Price]
    made: list[Price] = field(default_factory=list)
    ended: list[Price] = field(default_factory=list)


def standing_keys(prices: Iterable[Price], *, on: date) -> set[Hashable]:
    """Return the keys of the prices of all slots that count on a date."""
    by_slot: dict[Slot, list[Price]] = {}
    for price in prices:
        by_slot.setdefault(price.slot, []).append(price)
    return {price.key for slot in by_slot.values() for price in standing(slot, on)}


def past_keys(prices: Iterable[Price], *, on: date) -> set[Hashable]:
    """Return the keys of the prices that have begun, and that no arrival pays any more."""
    prices = list(prices)
    begun = {price.key for price in prices if price.begins <= on}
    return begun - standing_keys(prices, on=on)


def settle(before: Mapping[Hashable, Price], after: Mapping[Hashable, Price], *, on: date) -> Edit:
    """Return what is to be stored when `before` was edited on a date to be `after`.

    A price that had begun before stays, and what it became begins on the date, or on the later one
    given with it. One that was taken away, or made one of other days or arrivals, ends;
    what it had taken the place of does not come back. What is new never begins in the past.
    """
    edit = Edit(stored={key: _not_before(price, on) for key, price in after.items()})
    edit.stored |= {key: price for key, price in before.items() if price.begins < on}
    past = [before[key] for key in past_keys(before.values(), on=on)]
    for key in standing_keys(before.values(), on=on):
        old, new = before[key], after.get(key)
        if new is None:
            edit.ended.append(old)
            _end(edit, old, past, on)
        elif old.begins < on and new != old:
            made = replace(new, key=None, valid_from=successor_begins(old, new.valid_from, on))
            edit.made.append(made)
            if (made.slot, made.arrives) != (old.slot, old.arrives):
                _end(edit, old, past, made.begins)
    return edit


def successor_begins(old: Price, valid_from: date | None, on: date) -> date:
    """Return when what an old price became on a date begins, whatever date was given with it."""
    given = valid_from if valid_from != old.valid_from else None
    return max(given or on, on)


def _end(edit: Edit, price: Price, past: Iterable[Price], on: date) -> None:
    """End a price, and what would come back in its place."""
    behind = [each for each in past if each.begins <= price.begins and overlap(each, price)]
    for each in (price, *behind):
        stored = edit.stored.get(each.key, each)
        edit.stored[each.key] = replace(stored, ends_on=min(on, stored.ends_on or on))


def overlap(one: Price, other: Price) -> bool:
    """Return whether two prices are for the same stay and days, and for some same arrival.

    One without an arrival window and one with it do not: they stand side by side.
    """
    if one.slot != other.slot:
        return False
    if one.arrives is None or other.arrives is None:
        return one.arrives is other.arrives
    return one.arrives.overlaps(other.arrives)


def _not_before(price: Price, on: date) -> Price:
    return price if price.begins >= on else replace(price, valid_from=on)
