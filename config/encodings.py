"""Requests are in UTF-8: others are refused before Django makes a request of them.

It decodes addresses and forms by the charset that a request names, already as it takes the request:
codecs of no text would be errors of ours, and what others make of bytes no database may keep.
"""

import codecs
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.utils.http import parse_header_parameters

UTF_8 = codecs.lookup("utf-8").name
REFUSAL = b"Requests are in UTF-8.\n"


def utf8_only(app: WSGIApplication) -> WSGIApplication:
    """Return the application for requests in UTF-8, or in nothing that is a charset."""

    def answer(request: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_in_utf8(request.get("CONTENT_TYPE", "")):
            return app(request, start_response)
        headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(REFUSAL)))]
        start_response("400 Bad Request", headers)
        return [REFUSAL]

    return answer


def is_in_utf8(content_type: str) -> bool:
    """Say whether a `Content-Type` names no other charset than UTF-8 that Django would take."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset", UTF_8)
        return codecs.lookup(charset).name == UTF_8
    except LookupError:  # Django takes no notice of it either
        return True
    except ValueError:
        return False
