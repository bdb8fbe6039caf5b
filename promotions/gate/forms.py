"""What is said at the gate."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from promotions.gate.reading import LONGEST, code_in
from promotions.policies import POLICIES, kinds_text
from suites.selectors import Offer, SuiteCard

SIGNS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Unsaid(forms.TextInput):
    """A field that never says what was written into it."""

    def format_value(self, value: Any) -> None:
        return None


class GateForm(forms.Form):
    """A code, and the stay for which it is to be used. Who uses it is never drawn again."""

    code = forms.CharField(
        label=gettext_lazy("Código ou referência"),
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
    suite = forms.ChoiceField(label=gettext_lazy("Suíte"))
    stay = forms.ChoiceField(label=gettext_lazy("Permanência"))
    cpf = forms.CharField(
        required=False,
        max_length=64,
        widget=Unsaid(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    key = forms.UUIDField(required=False)

    def __init__(self, *args: Any, offer: Offer, cards: list[SuiteCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suites: Any = self.fields["suite"]
        stays: Any = self.fields["stay"]
        person = self.fields["cpf"]
        person.label = _("%s de quem usa") % kinds_text()
        if len(POLICIES) > 1:
            person.widget.attrs.pop("inputmode")
        suites.choices = [(card.suite_type.slug, card.page.title) for card in cards]
        stays.choices = [(stay.slug, str(stay)) for stay in offer.stays.values()]

    def clean_code(self) -> str:
        """Return the code itself: an address may hide signs in it that no code has."""
        return SIGNS.sub("", code_in(self.cleaned_data["code"]))

    def name_of(self, field: str) -> str:
        """Return what is chosen, as people read it."""
        choices: Any = self.fields[field]
        return str(dict(choices.choices).get(self.cleaned_data.get(field), ""))
