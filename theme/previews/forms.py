"""What a preview is asked for."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from theme.previews import rules

DEVICES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1440, 900)}
"""Width and height of the frames, in CSS pixels."""

LIVES = {
    "1h": timedelta(hours=1),
    "1d": timedelta(days=1),
    "7d": timedelta(days=7),
    "30d": rules.LONGEST,
}


class InstantField(forms.CharField):
    """A local date and time of the property, as an aware instant; empty is None, for now."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})

    def __init__(self, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.zone = zone

    def clean(self, value: str) -> datetime | None:
        text = super().clean(value)
        instant = rules.read(text, self.zone) if text else None
        if text and instant is None:
            raise forms.ValidationError(_("Escreva data e hora assim: 2026-06-12T23:50."))
        return instant


class PreviewForm(forms.Form):
    """Which state of a page is shown, as of when, and how wide."""

    USUAL: ClassVar[dict[str, str]] = {"at": "", "version": "draft", "device": "phone"}

    version = forms.ChoiceField(
        label=_("Conteúdo"),
        choices=[("draft", _("Último rascunho")), ("live", _("Publicado"))],
    )
    device = forms.ChoiceField(
        label=_("Tela"),
        choices=[
            ("phone", _("Celular, 390 px")),
            ("tablet", _("Tablet, 820 px")),
            ("desktop", _("Computador, 1440 px")),
            ("all", _("As três, lado a lado")),
        ],
    )

    field_order = ("at", "version", "device")

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"] = InstantField(zone, label=_("Data e hora"))
        self.order_fields(self.field_order)


class ShareForm(forms.Form):
    """How long a link to the draft lives."""

    lasts = forms.ChoiceField(
        label=_("Vale por"),
        choices=[("1h", _("1 hora")), ("1d", _("1 dia")), ("7d", _("7 dias")),
                 ("30d", _("30 dias"))],
        initial="1d",
    )  # fmt: skip

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"] = InstantField(zone, widget=forms.HiddenInput)

    def clean_lasts(self) -> timedelta:
        return LIVES[self.cleaned_data["lasts"]]
