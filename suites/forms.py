"""The suites' admin form, and its widgets."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from suites import services
from suites.rules.edits import overlap, past_keys, successor_begins
from suites.rules.tariffs import Price
from suites.selectors.offers import price_rule
from tenancy.models import Property


class SuiteTypeForm(WagtailAdminModelForm):
    """A suite type with its prices, all of one motel.

    A price that has been in force stays on record: another amount counts from today on, one
    that is taken away ends today, and what nobody pays any more is shown, and locked.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_first = self.instance._state.adding
        self.before = {} if self.is_first else services.records_of(self.instance)
        self.past = past_keys(self.before.values(), on=self._today())
        for form in self._price_forms():
            if form.instance.pk in self.past:
                for name, field in form.fields.items():
                    field.disabled = name != "id"  # by which the row is found again

    def is_valid(self) -> bool:
        """Refuse stays and days of the tenant's other motels, past dates, arrivals that overlap.

        Prices learn of their suite type only when they are saved: they cannot check it alone.
        """
        if not super().is_valid():
            return False
        kept = [form for form in self._price_forms() if not form.cleaned_data.get("DELETE")]
        kept = [
            form
            for form in kept
            if form.cleaned_data.get("stay") and form.instance.pk not in self.past
        ]
        for form in kept:
            for name in ("stay", "special_day"):
                chosen = form.cleaned_data.get(name)
                if chosen and chosen.property_id != self.instance.property_id:
                    form.add_error(name, _("Escolha uma opção da mesma casa."))
        will_be = [(form, self._becomes(form)) for form in kept]
        for (_one, price), (form, other) in combinations(will_be, 2):
            if price.begins == other.begins and overlap(price, other):
                _refuse_overlap(form, other)
        return all(form.is_valid() for form in self._price_forms())

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Save, and put back the amounts that had been in force under others from today on."""
        if commit:
            services.make_way(
                form.instance.pk for form in self._price_forms() if form.has_changed()
            )
        saved = super().save(commit)
        if commit and not self.is_first:
            actor = self.for_user
            services.keep_past_prices(
                suite_type=saved, before=self.before, on=self._today(), actor=actor
            )
        return saved

    def _becomes(self, form: Any) -> Price:
        """Return what a form's price is from when it counts; give it its date, if it has none."""
        row, today = form.instance, self._today()
        if self.is_first:
            return price_rule(row)
        old = self.before.get(row.pk)
        given = row.valid_from
        if given and given < today and (old is None or given != old.valid_from):
            form.add_error("valid_from", _("Um preço não muda o passado: escolha hoje ou depois."))
        if old is None or old.begins >= today:
            row.valid_from = given or today
            return price_rule(row)
        row.valid_from = given or old.valid_from
        if not form.has_changed():
            return price_rule(row)
        begins = successor_begins(old, row.valid_from, today)
        return replace(price_rule(row), valid_from=begins)

    def _price_forms(self) -> list[Any]:
        formset = self.formsets.get("prices")
        return list(formset.forms) if formset else []

    def _today(self) -> date:
        motel = getattr(self.instance, "property", None) if self.instance.property_id else None
        zone = ZoneInfo(motel.timezone) if motel else timezone.get_current_timezone()
        return timezone.now().astimezone(zone).date()


def _refuse_overlap(form: Any, price: Price) -> None:
    """Refuse a price that begins with another of the same stay, days and arrivals."""
    if price.arrives is None:
        form.add_error("day_class", _("Já existe um preço para esta permanência e estes dias."))
    else:
        form.add_error("arrives_from", _("Outro preço já vale para quem chega nestes horários."))


class SelectByProperty(forms.Select):
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
