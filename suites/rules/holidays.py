"""Public holidays of Brazil and its states, from the library `holidays`."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from holidays import OPTIONAL, PUBLIC, country_holidays

from suites.rules.holiday_names import in_spanish

OPTIONAL_NAMES = frozenset({"Carnaval", "Corpus Christi"})
"""Of the days that law leaves open, those that people keep: neither eves, nor Ash Wednesday, which
is a working day from noon on, nor the civil servants' day."""


@lru_cache(maxsize=256)
def holidays_of(
    year: int, state: str = "", *, is_optional: bool = False, language: str = "pt-br"
) -> Mapping[date, str]:
    """Return the holidays of a year with their names in a language, the state's included.

    `is_optional` adds Carnival's Monday and Tuesday, and Corpus Christi.
    """
    found = _read(year, state, PUBLIC)
    if is_optional:
        optional = _read(year, state, OPTIONAL)
        found = {day: name for day, name in optional.items() if name in OPTIONAL_NAMES} | found
    if language == "es":
        return {day: in_spanish(name) for day, name in found.items()}
    if language == "en":
        english = _read(year, state, PUBLIC, OPTIONAL, language="en_US")
        return {day: english[day] for day in found}
    return found


def _read(year: int, state: str, *categories: str, language: str = "pt_BR") -> dict[date, str]:
    return dict(
        country_holidays(
            "BR", subdiv=state or None, years=year, language=language, categories=categories
        )
    )
