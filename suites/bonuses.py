"""What guests get on a stay without asking: suites know prices alone, an app above knows the rest.

One such app may say so here, once at start; prices that guests see ask it.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from suites.rules.quotes import Quote

if TYPE_CHECKING:
    from suites.selectors.offers import Offer


@dataclass(frozen=True)
class Bonus:
    """Centavos off the whole price, and all that is given, in the offer's language."""

    centavos: int = 0
    words: tuple[str, ...] = ()


NOTHING = Bonus()


class Giver(Protocol):
    """Who knows what is given."""

    def bonus(self, offer: "Offer", suite_type: Hashable, quote: Quote, *, at: datetime) -> Bonus:
        """Return what goes with a stay that somebody asks for at an instant."""

    def turns(self, offer: "Offer", *, after: datetime) -> Iterator[datetime]:
        """Return, in order, the instants at which what is given to new guests may be another."""


class Nobody:
    """Gives nothing, ever."""

    def bonus(self, offer: "Offer", suite_type: Hashable, quote: Quote, *, at: datetime) -> Bonus:
        return NOTHING

    def turns(self, offer: "Offer", *, after: datetime) -> Iterator[datetime]:
        return iter(())


_givers: list[Giver] = [Nobody()]


def register(giver: Giver) -> None:
    """Let `giver` say what is given from now on."""
    _givers[:] = [giver]


def giver() -> Giver:
    return _givers[0]
