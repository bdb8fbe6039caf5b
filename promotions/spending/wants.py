"""Which slot of a meter a use may take what it wants from: no SQL here."""

import enum
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from promotions.rules.limits import Want

SLOTS = 16
SPREAD_FROM = 256
"""Limits below this have one row: sixteenths of less would be divided anew all the time."""


class Slot(NamedTuple):
    """Where a want is to be taken from."""

    want: Want
    number: int
    is_spread: bool


class Row(NamedTuple):
    """A row of a meter, as it was read."""

    slot: int
    taken: int
    limit: int
    whole: int
    is_spread: bool


class No(enum.Enum):
    """Why there is no slot to take from."""

    FULL = "full"
    UNDIVIDED = "undivided"
    """There is room, but no slot has it: the limit must be divided anew."""


def is_wide(want: Want) -> bool:
    """Return whether a meter that does not exist yet is to be spread over slots."""
    return want.is_shared and want.limit >= SPREAD_FROM


def guess(want: Want) -> Slot:
    """Return the slot that is tried first, without having looked."""
    if is_wide(want):
        return Slot(want, secrets.randbelow(SLOTS), is_spread=True)
    return Slot(want, 0, is_spread=False)


def choose(want: Want, rows: Sequence[Row]) -> Slot | No:
    """Return a slot that has room, by the rows of the meter, of which there may be none."""
    if sum(row.taken for row in rows) + want.amount > want.limit:
        return No.FULL
    if not any(row.is_spread for row in rows):
        return No.UNDIVIDED if is_wide(want) else Slot(want, 0, is_spread=False)
    most = want.amount
    roomy = [row.slot for row in rows if row.whole == want.limit and row.taken + most <= row.limit]
    return Slot(want, secrets.choice(roomy), is_spread=True) if roomy else No.UNDIVIDED
