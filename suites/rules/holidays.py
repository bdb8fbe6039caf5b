"""Public holidays of Brazil and its states, from the library `holidays`."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from holidays import OPTIONAL, PUBLIC, country_holidays


@lru_cache(maxsize=256)
def holidays_of(year: int, state: str = "", *, is_optional: bool = False) -> Mapping[date, str]:
    """Return the holidays of a year with their Portuguese names, the state's included.

    `is_optional` adds those that law leaves open (*ponto facultativo*): Carnival, Corpus Christi.
    """
    categories = (PUBLIC, OPTIONAL) if is_optional else (PUBLIC,)
    found = country_holidays(
        "BR", subdiv=state or None, years=year, language="pt_BR", categories=categories
    )
    return dict(found)
