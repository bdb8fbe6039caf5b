"""The platform's languages: rows that are the same for all, and never change while it runs.

A fact of which there is one row, and a picture, have what is said of them in one field for each
language: `name` is Portuguese, `name_en` and `name_es` may be empty. See docs/adr/0036.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models import CharField, F, Model, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.urls import translate_url
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

SUFFIXES = {"en": "_en", "es": "_es"}
"""What ends the names of the fields of languages other than the first."""

IN_PORTUGUESE = _("Vazio: vale o texto em português.")
"""The help at a field of another language."""


@dataclass(frozen=True)
class Address:
    """Where something that is no page of the tree can be read in a language."""

    language: str
    name: str
    path: str


def addresses_of(path: str) -> list[Address]:
    """Return the addresses of the same in each language."""
    return [Address(code, name, translate_url(path, code)) for code, name in settings.LANGUAGES]


@lru_cache
def locale_id(language: str) -> int:
    """Return the key of a language's row; raise `Locale.DoesNotExist` for one that is not ours."""
    key: int = Locale.objects.values_list("pk", flat=True).get(language_code=language)
    return key


def said_in(language: str | None, row: Model, name: str) -> str:
    """Return what a row says in a language, and in Portuguese where it says nothing in it."""
    said: str = getattr(row, _field(name, language)) or getattr(row, name)
    return said


def column_in(language: str, name: str) -> Combinable:
    """Return the same as the database finds it."""
    said = NullIf(F(_field(name, language)), Value("", CharField()))
    return Coalesce(said, F(name))


def _field(name: str, language: str | None) -> str:
    return name + SUFFIXES.get(language or "", "")


@lru_cache
def locale_of(key: int) -> Locale:
    """Return a language's row, the same object for all: nobody changes it."""
    return Locale.objects.get(pk=key)
