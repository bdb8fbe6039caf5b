"""How a person is asked for their CPF."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from privacy import cpf


class CpfField(forms.CharField):
    """Takes a CPF as people write it, and gives its 11 digits.

    The browser is asked to show digits, and to remember nothing.
    """

    default_error_messages = {"invalid": _("Confira o CPF: são 11 números.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "CPF", "max_length": 30, **kwargs})

    def to_python(self, value: Any) -> str:
        """Return the digits, or "" where nothing was typed."""
        text = super().to_python(value) or ""
        if not text:
            return ""
        try:
            return cpf.normalise(text)
        except cpf.InvalidCpf:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return what tells a telephone which keyboard to show."""
        attrs = super().widget_attrs(widget)
        return {**attrs, "inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
