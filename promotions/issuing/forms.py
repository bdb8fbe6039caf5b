"""What is said of codes that are to be made."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from privacy import cpf
from promotions.forms import zone_of_company
from promotions.gate.forms import Unsaid
from promotions.models import CodeBatch, Coupon
from promotions.policies import POLICIES
from promotions.services.batches import MOST, Wish
from promotions.services.persons import USUAL
from theme.page_forms import ZonedDateTimeField


class CodesForm(forms.Form):
    """What all new codes have. What is said of them is kept: it names nobody."""

    label = forms.CharField(
        label=gettext_lazy("Para que são"),
        max_length=CodeBatch._meta.get_field("label").max_length,
        help_text=gettext_lazy("Só a equipe vê. Nunca dados de pessoas."),
    )
    tags = forms.CharField(
        label=gettext_lazy("Etiquetas"),
        max_length=CodeBatch._meta.get_field("tags").max_length,
        required=False,
        help_text=gettext_lazy("Separadas por vírgulas."),
    )

    def __init__(self, *args: Any, coupon: Coupon, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coupon = coupon
        self.fields["ends_at"] = ZonedDateTimeField(
            ZoneInfo(zone_of_company()),
            label=_("Valem até"),
            required=False,
            widget=AdminDateTimeInput(),
            help_text=_("Vazio: até o fim do cupom."),
        )

    def clean_label(self) -> str:
        return _without_cpf(self.cleaned_data["label"])

    def clean_tags(self) -> str:
        return _without_cpf(self.cleaned_data["tags"])

    def wish(self) -> Wish:
        """Return what is wished for."""
        data = self.cleaned_data
        return Wish(data.get("count", 1), data["label"], data["tags"], data["ends_at"])


class IssueForm(CodesForm):
    """A batch of codes for whoever gets one."""

    count = forms.IntegerField(label=gettext_lazy("Quantos"), min_value=1, max_value=MOST)

    field_order = ("count", "label", "tags")


class PersonalForm(CodesForm):
    """A code for one person, who is told from others as the coupon does; they are never shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = POLICIES[self.coupon.identifier or USUAL].field()
        field.widget = Unsaid(attrs=field.widget.attrs)
        field.help_text = _("Fica no cofre: aqui, ninguém volta a ver.")
        self.fields["holder"] = field
        self.order_fields(["holder", "label", "tags", "ends_at"])


class FileForm(forms.Form):
    """A file with codes."""

    file = forms.FileField(
        label=gettext_lazy("Arquivo CSV"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


def _without_cpf(text: str) -> str:
    if cpf.is_in(text):
        raise ValidationError(_("Parece um CPF: aqui não pode haver nenhum."))
    return text
