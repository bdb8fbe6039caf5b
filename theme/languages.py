"""The platform's languages: rows that are the same for all, and never change while it runs."""

from functools import lru_cache

from wagtail.models import Locale


@lru_cache
def locale_id(language: str) -> int:
    """Return the key of a language's row; raise `Locale.DoesNotExist` for one that is not ours."""
    key: int = Locale.objects.values_list("pk", flat=True).get(language_code=language)
    return key


@lru_cache
def locale_of(key: int) -> Locale:
    """Return a language's row, the same object for all: nobody changes it."""
    return Locale.objects.get(pk=key)
