"""Public holidays of Brazil and its states, from the library `holidays`."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from holidays import OPTIONAL, PUBLIC, country_holidays

OPTIONAL_NAMES = frozenset({"Carnaval", "Corpus Christi"})
"""Of the days that law leaves open, those that people keep: neither eves, nor Ash Wednesday, which
is a working day from noon on, nor the civil servants' day."""


@lru_cache(maxsize=256)
def holidays_of(year: int, state: str = "", *, is_optional: bool = False) -> Mapping[date, str]:
    """Return the holidays of a year with their Portuguese names, the state's included.

    `is_optional` adds Carnival's Monday and Tuesday, and Corpus Christi.
    """
    public = _read(year, state, PUBLIC)
    if not is_optional:
        return public
    optional = _read(year, state, OPTIONAL)
    return {day: name for day, name in optional.items() if name in OPTIONAL_NAMES} | public


def _read(year: int, state: str, category: str) -> dict[date, str]:
    return dict(
        country_holidays(
            "BR", subdiv=state or None, years=year, language="pt_BR", categories=(category,)
        )
    )
