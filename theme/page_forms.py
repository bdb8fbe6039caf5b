"""The form of a site's page: it knows the property that the page is of, also of a new one."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from tenancy.models import Property
from theme.dates import NearDateTimeField
from theme.previews.moments import property_of


class ZonedDateTimeField(NearDateTimeField):
    """A date and time that is shown and read in a zone of its own, not in the reader's."""

    def __init__(self, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            found: datetime | None = super().to_python(value)
            return found


class PropertyPageForm(WagtailAdminPageForm):
    """Takes only what the page's own property has, and instants in the property's zone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = property_of(self.parent_page) if self.parent_page else None
        if found is not None:
            for form in self._forms():
                keep_to(found, form.fields)

    def _forms(self) -> Iterator[forms.BaseForm]:
        yield self
        for name, formset in self.formsets.items():
            if name != "comments":
                yield from formset.forms


def keep_to(house: Property, fields: dict[str, forms.Field]) -> None:
    """Narrow a form's choices to those of a property, and read its instants in its zone."""
    for name, field in fields.items():
        if isinstance(field, forms.DateTimeField):
            fields[name] = zoned(field, house.timezone)
            continue
        choices = getattr(field, "queryset", None)
        if choices is not None and is_of_a_property(choices.model):
            field.queryset = choices.filter(property=house)  # type: ignore[attr-defined]  # a choice
            field.error_messages["invalid_choice"] = _("Escolha um da casa desta página.")


def is_of_a_property(model: type[models.Model]) -> bool:
    """Say whether rows of a model belong to one property each."""
    return any(field.name == "property" for field in model._meta.fields)


def zoned(field: forms.DateTimeField, zone: str) -> ZonedDateTimeField:
    """Return the same field for instants of a zone, which its help text names."""
    named = _("No fuso horário da casa: %s.") % zone
    return ZonedDateTimeField(
        ZoneInfo(zone),
        required=field.required,
        label=field.label,
        help_text=f"{field.help_text} {named}".strip(),
        widget=field.widget,
        input_formats=field.input_formats,
    )
