"""The suites' admin form, and its widgets."""

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
