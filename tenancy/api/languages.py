"""In which language the API answers: addresses of pages say theirs, its own do not."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

PREFIX = "/api/"
"""Where the API is."""


def asked_language(request: HttpRequest) -> str:
    """Return the language of ours that `Accept-Language` likes best, else the main one."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        with suppress(LookupError):
            return get_supported_language_variant(code)
    return settings.LANGUAGE_CODE
