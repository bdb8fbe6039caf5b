"""Has the forms of the admin take days and instants of this century alone; imported once."""

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from theme.dates import NearDateField, NearDateTimeField

register_form_field_override(
    models.DateField, override={"widget": AdminDateInput, "form_class": NearDateField}
)
register_form_field_override(
    models.DateTimeField, override={"widget": AdminDateTimeInput, "form_class": NearDateTimeField}
)
