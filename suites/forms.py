"""The suites' admin form, and its widgets."""

from datetime import date
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from suites import services
from suites.models import StayPrice
from tenancy.models import Property


class SuiteTypeForm(WagtailAdminModelForm):
    """A suite type with its prices, all of one motel.

    A price that has been in force stays on record: another amount counts from today on, and
    what others have taken the place of is shown, and locked.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        self.before = {} if is_new else services.records_of(self.instance)
        past = services.past_keys(self.before.values(), on=self._today())
        for form in self._price_forms():
            if form.instance.pk in past:
                for name, field in form.fields.items():
                    field.disabled = name != "id"  # by which the row is found again

    def is_valid(self) -> bool:
        """Refuse stays and days of the tenant's other motels, and arrivals that overlap.

        Prices learn of their suite type only when they are saved: they cannot check it alone.
        """
        if not super().is_valid():
            return False
        kept = [form for form in self._price_forms() if not form.cleaned_data.get("DELETE")]
        kept = [form for form in kept if form.cleaned_data.get("stay")]
        for form in kept:
            for name in ("stay", "special_day"):
                chosen = form.cleaned_data.get(name)
                if chosen and chosen.property_id != self.instance.property_id:
                    form.add_error(name, _("Escolha uma opção do mesmo motel."))
        for one, other in combinations(kept, 2):
            _refuse_overlap(one.instance, other)
        return all(form.is_valid() for form in self._price_forms())

    def save(self, commit: bool = True) -> Any:
        """Save, and put back the amounts that had been in force under others from today on."""
        saved = super().save(commit)
        if commit and self.before:
            actor = self.for_user
            services.keep_past_prices(
                suite_type=saved, before=self.before, on=self._today(), actor=actor
            )
        return saved

    def _price_forms(self) -> list[Any]:
        formset = self.formsets.get("prices")
        return list(formset.forms) if formset else []

    def _today(self) -> date:
        motel = getattr(self.instance, "property", None) if self.instance.property_id else None
        zone = ZoneInfo(motel.timezone) if motel else timezone.get_current_timezone()
        return timezone.now().astimezone(zone).date()


def _refuse_overlap(price: StayPrice, form: Any) -> None:
    """Refuse the price of a form where another is for the same stay, days and arrivals."""
    other = form.instance
    if price.slot != other.slot:
        return
    if price.arrival is None and other.arrival is None:
        form.add_error("day_class", _("Já existe um preço para esta permanência e estes dias."))
    elif price.arrival and other.arrival and price.arrival.overlaps(other.arrival):
        form.add_error("arrives_from", _("Outro preço já vale para quem chega nestes horários."))


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
