"""Conditions of promotions that are not ours: a class for each, by its name.

A validator brings the fields by which editors set it, its reasons with their sentences, and the
decision, which is pure: what was set, and the stay, in; a reason out. What editors set is kept with
the rule, drafts and all. Conditions that calendars and checks read are columns of the rule instead.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django import forms
from django.utils.functional import Promise

from promotions.rules.eligibility import Case, Extra, Reason

Settings = Mapping[str, Any]


class Validator(Protocol):
    """A condition. Its reasons' codes are in capitals, and nobody else's."""

    @property
    def label(self) -> Promise | str: ...

    @property
    def reasons(self) -> Mapping[str, Promise | str]:
        """Sentences for guests, by the codes of the reasons that `against` gives."""

    def fields(self) -> dict[str, forms.Field]:
        """Return the form's fields; while all are empty, the condition is not set."""

    def against(self, settings: Settings, case: Case) -> str | None:
        """Return the code of what speaks against a stay, by the fields' values; None for nothing.

        What is not known of the stay yet is None, and nothing is refused for it.
        """


VALIDATORS: dict[str, Validator] = {}


def extras_of(kept: Mapping[str, Settings]) -> tuple[Extra, ...]:
    """Return what is kept with a rule as its decisions take it.

    Of a condition whose validator is gone nobody knows whether it is met: it never is.
    """
    return tuple(_extra(name, kept[name]) for name in sorted(kept))


def set_by(name: str, values: Settings) -> Settings:
    """Return what is to be kept of the values of a validator's fields: {} if it is not set."""
    fields = VALIDATORS[name].fields()
    given = {key: values.get(key) for key in fields}
    empty = all(value in (*fields[key].empty_values, False) for key, value in given.items())
    return {} if empty else given


def sentence(code: str) -> str:
    """Return the sentence for guests of a validator's reason."""
    found = (each.reasons[code] for each in VALIDATORS.values() if code in each.reasons)
    return str(next(found, ""))


def form_fields() -> Iterator[tuple[str, str, forms.Field]]:
    """Yield each validator's name with each of its fields' names and fields; none is required."""
    for name, validator in VALIDATORS.items():
        for key, field in validator.fields().items():
            field.required = False
            yield name, key, field


def _extra(name: str, kept: Settings) -> Extra:
    validator = VALIDATORS.get(name)
    if validator is None:
        return Extra(name, {}, _gone)
    fields = validator.fields()
    settings = {key: field.to_python(kept.get(key)) for key, field in fields.items()}
    return Extra(name, settings, validator.against)


def _gone(settings: Settings, case: Case) -> str:
    return Reason.DISABLED
