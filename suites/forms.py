"""The suites' admin form, and its widgets."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from tenancy.models import Property


class SuiteTypeForm(WagtailAdminModelForm):
    """A suite type with its prices, all of one motel."""

    def is_valid(self) -> bool:
        """Refuse stays and days of the tenant's other motels, too.

        Prices learn of their suite type only when they are saved: they cannot check it alone.
        """
        if not super().is_valid():
            return False
        for form in self.formsets["prices"].forms:
            for name in ("stay", "special_day"):
                chosen = form.cleaned_data.get(name)
                if chosen and chosen.property_id != self.instance.property_id:
                    form.add_error(name, _("Escolha uma opção do mesmo motel."))
        return all(form.is_valid() for form in self.formsets["prices"].forms)


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


class SelectByMotel(forms.Select):
    """Groups the choices of a tenant with several motels: their stays have the same names."""

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> Any:
        """Return one group per motel, or plain choices where there is one motel."""
        motels = {motel.pk: motel.name for motel in Property.objects.all()}
        if len(motels) < 2:
            return super().optgroups(name, value, attrs)
        plain: list[Any] = []
        grouped: dict[Any, list[Any]] = {pk: [] for pk in motels}
        for choice in self.choices:
            row = getattr(choice[0], "instance", None)
            (grouped[row.property_id] if row else plain).append(choice)
        groups = [(motels[pk], choices) for pk, choices in grouped.items()]
        widget = forms.Select(choices=[*plain, *groups])
        widget.is_required = self.is_required
        return widget.optgroups(name, value, attrs)
