"""Inputs that write values as people do."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NO_AMOUNT = _("Escreva o preço em reais, assim: 76,50.")
TOO_LITTLE = _("O preço deve ser maior que zero.")


class ReaisInput(forms.TextInput):
    """Shows and takes reais ("76,50", "1.100") for a field that holds centavos."""

    AMOUNT = re.compile(r"^(?:R\$)?\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{2}))?$")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Write centavos as reais; what was typed and not understood stays as it was."""
        if not re.fullmatch(r"\d+", str(value)):
            return None if value in (None, "") else str(value)
        reais, cents = divmod(int(value), 100)
        grouped = f"{reais:,}".replace(",", ".")
        return f"{grouped},{cents:02}"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return centavos, or the text as it is for the field to refuse."""
        typed = super().value_from_datadict(data, files, name)
        if not (amount := self.AMOUNT.match((typed or "").strip())):
            return typed
        return int(amount[1].replace(".", "")) * 100 + int(amount[2] or 0)


def refuse_in_reais(form: forms.BaseForm) -> None:
    """Make a form's inputs in reais refuse what is no amount in the words of reais."""
    for field in form.fields.values():
        if isinstance(field.widget, ReaisInput):
            field.error_messages |= {"invalid": NO_AMOUNT, "min_value": TOO_LITTLE}
