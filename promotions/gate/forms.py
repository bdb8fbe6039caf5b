"""What is said at the gate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from promotions.gate.reading import LONGEST, code_in
from suites.selectors import Offer, SuiteCard


class Unsaid(forms.TextInput):
    """A field that never says what was written into it."""

    def format_value(self, value: Any) -> None:
        return None


class GateForm(forms.Form):
    """A code, and the stay for which it is to be used. A CPF is never drawn again."""

    code = forms.CharField(
        label=_("Código ou referência"),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "autocorrect": "off",
                "spellcheck": "false",
                "enterkeyhint": "go",
            }
        ),
    )
    suite = forms.ChoiceField(label=_("Suíte"))
    stay = forms.ChoiceField(label=_("Permanência"))
    cpf = forms.CharField(
        label=_("CPF de quem usa"),
        required=False,
        max_length=20,
        widget=Unsaid(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    key = forms.UUIDField(required=False)

    def __init__(self, *args: Any, offer: Offer, cards: list[SuiteCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suites: Any = self.fields["suite"]
        stays: Any = self.fields["stay"]
        suites.choices = [(card.suite_type.slug, card.page.title) for card in cards]
        stays.choices = [(stay.slug, str(stay)) for stay in offer.stays.values()]

    def clean_code(self) -> str:
        return code_in(self.cleaned_data["code"])

    def name_of(self, field: str) -> str:
        """Return what is chosen, as people read it."""
        choices: Any = self.fields[field]
        return str(dict(choices.choices).get(self.cleaned_data.get(field), ""))
