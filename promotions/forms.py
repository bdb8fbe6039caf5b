"""The forms of rules and coupons."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from promotions.policies import POLICIES
from promotions.services import codes
from promotions.validators import VALIDATORS, form_fields, set_by
from tenancy.models import Property
from theme.page_forms import zoned


class IdentifierSelect(forms.Select):
    """Chooses what tells one person from another, or that nothing does."""

    @property
    def choices(self) -> Any:
        """What is registered when it is drawn, which may be more than when a form was declared."""
        known = [(name, policy.label) for name, policy in POLICIES.items()]
        return [("", gettext_lazy("ninguém se identifica")), *known]

    @choices.setter
    def choices(self, value: Any) -> None:
        """Take no others: Django sets some on each widget."""


def zone_of_company() -> str:
    """Return the zone of the company's properties; the platform's where they have several."""
    zones = set(Property.objects.values_list("timezone", flat=True))
    return zones.pop() if len(zones) == 1 else settings.TIME_ZONE


class ZonedForm(WagtailAdminModelForm):
    """Shows and reads instants on the clocks of the company, whoever edits them and wherever."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = zone_of_company()
        for name, given in self.fields.items():
            if isinstance(given, forms.DateTimeField):
                self.fields[name] = zoned(given, zone)


class RuleForm(ZonedForm):
    """A rule, whose suite types and stays are of the properties for which it holds.

    Validators' fields are among its own, as `name-field`; what they hold is kept together.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, key, field in form_fields():
            field.initial = self.instance.conditions.get(name, {}).get(key)
            self.fields[f"{name}-{key}"] = field

    def clean(self) -> dict[str, Any]:
        """Keep what validators' fields hold; of a validator that is gone, what is there."""
        data: dict[str, Any] = super().clean()
        kept = {k: v for k, v in self.instance.conditions.items() if k not in VALIDATORS}
        for name in VALIDATORS:
            begin = f"{name}-"
            own = {k.removeprefix(begin): v for k, v in data.items() if k.startswith(begin)}
            if found := set_by(name, own):
                kept[name] = found
        self.instance.conditions = kept
        return data

    def is_valid(self) -> bool:
        """Refuse what no property of the rule has."""
        if not super().is_valid():
            return False
        houses = {form.cleaned_data["property"].pk for form in self._kept("properties")}
        for name, chosen in (("suite_types", "suite_type"), ("stays", "stay")):
            for form in self._kept(name):
                if houses and form.cleaned_data[chosen].property_id not in houses:
                    form.add_error(chosen, _("Não é de uma casa em que a promoção vale."))
        return all(formset.is_valid() for formset in self.formsets.values())

    def _kept(self, name: str) -> list[Any]:
        formset = self.formsets.get(name)
        forms_ = formset.forms if formset else []
        return [
            form
            for form in forms_
            if form.cleaned_data and not form.cleaned_data.get("DELETE") and form.is_valid()
        ]


class CouponForm(ZonedForm):
    """A coupon, whose code no other coupon has."""

    def clean_code(self) -> str:
        """Refuse a code that is taken."""
        code: str = self.cleaned_data["code"]
        if code and codes.is_taken(code=code, coupon=self.instance):
            raise ValidationError(_("Este código já é de outro cupom."))
        return code
