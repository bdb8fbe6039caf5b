"""Days and instants that people may write: of this century.

PostgreSQL keeps what Python cannot read again, and a calendar that is asked about the last year
there is has no next day.
"""

from datetime import date
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099


def is_of_this_century(day: date) -> bool:
    """Say whether a day, or an instant on its own clocks, is within reach."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def of_this_century(day: date) -> None:
    """Validate a day, or an instant on its own clocks. Raises ValidationError."""
    if not is_of_this_century(day):
        raise ValidationError(_("Escreva um ano entre 2000 e 2099."), code="out_of_reach")


class NearDateField(forms.DateField):
    """A day of this century."""

    default_validators = [of_this_century]


class NearDateTimeField(forms.DateTimeField):
    """An instant of this century."""

    default_validators = [of_this_century]
