"""Amounts of money as people in Brazil write them, and the input that takes them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_CENTAVOS = 100_000_000
"""A million reais: more is a slip of the keyboard."""

NO_AMOUNT = _("Escreva o preço em reais, com vírgula antes dos centavos, assim: 1.234,50.")
TOO_LITTLE = _("O preço deve ser maior que zero.")
TOO_MUCH = _("O preço não pode passar de um milhão de reais.")

AMOUNT = re.compile(
    r"(-?)(?:R\$[ \u00a0\u202f]*)?([1-9]\d{0,2}(?:\.\d{3}){1,3}|\d{1,9})(?:,(\d{2}))?",
    re.ASCII | re.IGNORECASE,
)


def read_reais(text: str) -> int | None:
    """Return in centavos what is written "89", "89,90", "1.234,56" or "R$ 89"; None for all else.

    What people elsewhere would read as another amount, "12.0" or "1,234.50", is nothing.
    """
    found = AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    centavos = int(found[2].replace(".", "")) * 100 + int(found[3] or 0)
    return -centavos if found[1] else centavos


def write_reais(centavos: int) -> str:
    """Return what `read_reais` reads as these centavos: "1.234,56"."""
    reais, cents = divmod(centavos, 100)
    return f"{reais:,}".replace(",", ".") + f",{cents:02}"


class ReaisInput(forms.TextInput):
    """Shows centavos as reais ("76,50"); what was typed and not understood stays as it was."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int):
            return write_reais(value)
        return str(value) if value else None


class ReaisField(forms.IntegerField):
    """Takes reais as people write them; its value is in centavos."""

    widget = ReaisInput
    default_error_messages = {
        "invalid": NO_AMOUNT,
        "min_value": TOO_LITTLE,
        "max_value": TOO_MUCH,
    }

    def __init__(self, *, max_value: int = MAX_CENTAVOS, **kwargs: Any) -> None:
        super().__init__(max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip():
            value = read_reais(value)
            if value is None:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        found: int | None = super().to_python(value)
        return found
