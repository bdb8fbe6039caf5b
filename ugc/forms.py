"""What guests fill in: what they send, what they change, and what they agree to."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ugc.enums import Company, Purpose
from ugc.imaging import Region
from ugc.imaging.process import regions_of
from ugc.models.submissions import MOST_NAME, MOST_WORDS
from ugc.rules.sniffing import HEAD, problem_of
from ugc.services import Given, Impossible
from ugc.services.changing import Change
from ugc.wording import Wording, wording

MOST_PHOTOS = 5
TRAP = "website"
"""A field that nobody sees: who fills it in is no guest."""
MONTHS = (
    re.compile(r"(?P<month>0?[1-9]|1[0-2])\s*[/.-]\s*(?P<year>20\d\d)"),
    re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ACCEPTED = "image/jpeg,image/png,image/webp"


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files, each judged by its first bytes; their names are never looked at."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """Return what the files hold; raise ValidationError, once for each that is none."""
        files = [each for each in data or [] if each]
        if len(files) > MOST_PHOTOS:
            raise ValidationError(_("São no máximo %d fotos.") % MOST_PHOTOS)
        problems = [
            ValidationError(_("Foto %(number)d: %(problem)s"), params=_said(number, problem))
            for number, file in enumerate(files, start=1)
            if (problem := _problem(file))
        ]
        if problems:
            raise ValidationError(problems)
        return [file.read() for file in files]


def _problem(file: UploadedFile[Any]) -> Any:
    head = file.read(HEAD)
    file.seek(0)
    return problem_of(head, file.size or 0)


def _said(number: int, problem: Any) -> dict[str, Any]:
    return {"number": number, "problem": problem.label}


class MonthField(forms.CharField):
    """A month, as people write it, 11/2026, or machines, 2026-11."""

    def clean(self, value: Any) -> date | None:
        text = super().clean(value).strip()
        if not text:
            return None
        found = next((each for form in MONTHS if (each := form.fullmatch(text))), None)
        if found is None:
            raise ValidationError(_("Escreva o mês assim: 11/2026."))
        month = date(int(found["year"]), int(found["month"]), 1)
        if month > timezone.localdate():
            raise ValidationError(_("Este mês ainda não chegou."))
        return month


class WordsField(forms.CharField):
    """Words in lines, counted as browsers count them: the end of a line is one sign."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class WordsForm(forms.Form):
    """Words, a name or none, and the month of the stay."""

    words = WordsField(max_length=MOST_WORDS, required=False)
    name = forms.CharField(max_length=MOST_NAME, required=False)
    stay_month = MonthField(required=False, max_length=10)

    def clean_words(self) -> str:
        return CONTROLS.sub("", self.cleaned_data["words"]).strip()

    def clean_name(self) -> str:
        return " ".join(CONTROLS.sub("", self.cleaned_data["name"]).split())

    def change(self) -> Change:
        """Return what a guest would have instead."""
        data = self.cleaned_data
        return Change(words=data["words"], name=data["name"], stay_month=data["stay_month"])


class GuestForm(WordsForm):
    """What a guest sends: one to five photos, words, or both; with what they agree to."""

    photos = PhotosField(required=False)
    company = forms.ChoiceField(choices=Company, required=False)
    email = forms.EmailField(required=False, max_length=200)
    photos_agreed = forms.BooleanField(required=False)
    words_agreed = forms.BooleanField(required=False)
    adults_agreed = forms.BooleanField(required=False)
    mail_agreed = forms.BooleanField(required=False)
    photos_seen = forms.CharField(required=False, max_length=64)
    words_seen = forms.CharField(required=False, max_length=64)
    adults_seen = forms.CharField(required=False, max_length=64)
    mail_seen = forms.CharField(required=False, max_length=64)

    def __init__(self, *args: Any, house: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.house = house

    def wordings(self) -> list[Wording]:
        """Return what a guest is asked to agree to, in the language of the page."""
        language = get_language() or "pt-br"
        return [wording(purpose, house=self.house, language=language) for purpose in ASKED]

    def boxes(self) -> list[dict[str, Any]]:
        """Return the boxes to be ticked, with the words beside each; none is ticked."""
        return [
            {"name": each.purpose.value, "text": each.text, "digest": each.digest}
            for each in self.wordings()
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not (data.get("photos") or data.get("words") or self.errors):
            raise ValidationError(gettext("Envie uma foto, algumas palavras, ou as duas coisas."))
        if data.get("photos") and not data.get("company"):
            self.add_error("company", gettext("Diga quem aparece nas fotos."))
        for purpose in self.given().wanted:
            if not data.get(f"{purpose}_agreed"):
                self.add_error(f"{purpose}_agreed", gettext("Sem este aceite não podemos receber."))
        return data

    def given(self) -> Given:
        """Return what was sent."""
        data = self.cleaned_data
        photos = data.get("photos") or []
        return Given(
            photos=photos,
            words=data.get("words", ""),
            name=data.get("name", ""),
            stay_month=data.get("stay_month"),
            company=Company(data.get("company") or Company.NOBODY) if photos else Company.NOBODY,
            email=data.get("email", ""),
            language=get_language() or "pt-br",
            seen={purpose: data.get(f"{purpose}_seen", "") for purpose in ASKED},
        )


ASKED = (Purpose.PHOTOS, Purpose.WORDS, Purpose.ADULTS, Purpose.MAIL)


class MarkForm(forms.Form):
    """What a moderator says of a photo: what in it is to be blurred, and what is seen."""

    photo = forms.UUIDField()
    description = forms.CharField(max_length=200, required=False)

    @staticmethod
    def regions(sent: QueryDict) -> list[Region]:
        """Return the regions of a form: rows of four numbers, of which empty ones are none.

        Raises `Impossible` for what is no number, and for rows that lack one.
        """
        columns = [sent.getlist(name) for name in ("left", "top", "width", "height")]
        try:
            rows = [row for row in zip(*columns, strict=True) if any(part.strip() for part in row)]
            return list(regions_of([[round(float(part)) for part in row] for row in rows]))
        except (ValueError, OverflowError):
            raise Impossible from None
