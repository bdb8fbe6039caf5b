"""How errors are said: each as a problem, without anything that the caller sent."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from tenancy.api.problems import (
    BY_STATUS,
    INVALID,
    NOT_FOUND,
    SERVER_ERROR,
    TOO_LARGE,
    UNAUTHORIZED,
    UNSUPPORTED_MEDIA_TYPE,
    FieldError,
    Problem,
    answer,
)

MESSAGES: dict[str, Promise] = {
    "missing": _("Falta preencher."),
    "extra_forbidden": _("Há um campo que não existe."),
    "instant": _("Escreva data e hora com o fuso, como 2026-11-24T15:10:00-03:00."),
    "string_too_long": _("Longo demais."),
    "string_too_short": _("Curto demais."),
    "greater_than_equal": _("Pequeno demais."),
    "less_than_equal": _("Grande demais."),
    "literal_error": _("Não é um dos valores aceitos."),
    "enum": _("Não é um dos valores aceitos."),
    "int_type": _("Tem de ser um número inteiro."),
    "int_parsing": _("Tem de ser um número inteiro."),
    "string_type": _("Tem de ser um texto."),
}
"""What is said of an error; of another one, `OTHERWISE`."""

OTHERWISE = _("Não está escrito como deve.")


class JsonParser(Parser):
    """Reads bodies that say that they are JSON, and are it."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise Problem(UNSUPPORTED_MEDIA_TYPE)
        said = super().parse_body(request)
        json.dumps(said, ensure_ascii=False).encode()  # halves of a character are no text
        return said


def handle_errors(api: NinjaAPI) -> None:
    """Have the API say what its calls raise as problems. Mistakes of ours are left to Django."""
    api.add_exception_handler(Problem, _problem)
    api.add_exception_handler(Http404, lambda request, _error: answer(request, Problem(NOT_FOUND)))
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(
        RequestDataTooBig, lambda request, _error: answer(request, Problem(TOO_LARGE))
    )


# django-ninja's type of a handler allows for classes of errors, which no handler ever gets


def _problem(request: HttpRequest, problem: Any) -> HttpResponse:
    return answer(request, problem)


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    """Say what django-ninja raises itself: a body that cannot be read, a caller who is nobody."""
    if isinstance(error.__cause__, Problem):  # of `JsonParser`
        return answer(request, error.__cause__)
    kind = BY_STATUS.get(error.status_code, SERVER_ERROR)
    headers = {"WWW-Authenticate": "Bearer"} if kind is UNAUTHORIZED else {}
    return answer(request, Problem(kind, headers=headers))


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, Problem(INVALID, errors=field_errors(error.errors)))


def field_errors(errors: Iterable[dict[str, Any]]) -> list[FieldError]:
    """Return what is wrong with which field, without what was sent: not even names made up."""
    return [
        FieldError(
            field=_place(each["type"], each["loc"]),
            code=each["type"],
            message=str(MESSAGES.get(each["type"], OTHERWISE)),
        )
        for each in errors
    ]


def _place(kind: str, loc: tuple[str | int, ...]) -> str:
    """Return where an error is: `body.stay.period`. The body's argument has a name of ours."""
    source, *rest = (str(part) for part in loc)
    if source == "body":
        rest = rest[1:]
    if kind == "extra_forbidden":
        rest = rest[:-1]
    return ".".join([source, *rest])
