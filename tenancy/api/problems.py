"""What the API says when something is wrong: problem details of RFC 9457, in the reader's language.

They name fields, never what was in them: nothing that a caller sent comes back.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

MEDIA_TYPE = "application/problem+json"
NAMES = "urn:alcova:problem:"
"""What the types of problems begin with; the rest is their `code`."""


class FieldError(Schema):
    """What is wrong with a part of the request."""

    field: str = Field(description="Where it is: `body.stay.period`, `query.at`, `header.…`.")
    code: str = Field(description="What is wrong with it, for programs.")
    message: str = Field(description="The same for people, in the language that was asked for.")


class ProblemOut(Schema):
    """A problem (RFC 9457). `code` is the end of `type`, for programs; texts are for people."""

    type: str = Field(description="A URI that names the kind of problem.")
    title: str = Field(description="The kind of problem, in the language that was asked for.")
    status: int
    detail: str = Field(description="What can be done about it.")
    code: str
    instance: str | None = Field(default=None, description="The path of the call.")
    errors: list[FieldError] = Field(
        default=[], description="Each part of the request that is wrong."
    )


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its status, and what it says to people."""

    code: str
    status: HTTPStatus
    title: Promise
    detail: Promise


BAD_REQUEST = Kind(
    "bad_request",
    HTTPStatus.BAD_REQUEST,
    _("Pedido ilegível"),
    _("O corpo tem de ser um objeto JSON, em UTF-8."),
)
UNAUTHORIZED = Kind(
    "unauthorized",
    HTTPStatus.UNAUTHORIZED,
    _("Falta identificação"),
    _("Envie uma chave de API válida, ou entre no painel."),
)
FORBIDDEN = Kind(
    "forbidden",
    HTTPStatus.FORBIDDEN,
    _("Sem permissão"),
    _("Quem chamou não pode fazer isto nesta empresa."),
)
NOT_FOUND = Kind(
    "not_found",
    HTTPStatus.NOT_FOUND,
    _("Não encontrado"),
    _("Não há nada neste endereço."),
)
METHOD_NOT_ALLOWED = Kind(
    "method_not_allowed",
    HTTPStatus.METHOD_NOT_ALLOWED,
    _("Método não aceito"),
    _("O cabeçalho Allow diz quais métodos este endereço aceita."),
)
TOO_LARGE = Kind(
    "too_large",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    _("Pedido grande demais"),
    _("Nenhuma chamada precisa de um corpo tão grande."),
)
UNSUPPORTED_MEDIA_TYPE = Kind(
    "unsupported_media_type",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    _("Formato não aceito"),
    _("Envie o corpo como application/json."),
)
INVALID = Kind(
    "invalid",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    _("Pedido inválido"),
    _("Corrija o que está em errors e envie de novo."),
)
TOO_MANY_ATTEMPTS = Kind(
    "too_many_attempts",
    HTTPStatus.TOO_MANY_REQUESTS,
    _("Tentativas demais"),
    _("Espere o tempo que o cabeçalho Retry-After diz, em segundos."),
)
SERVER_ERROR = Kind(
    "server_error",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    _("Erro nosso"),
    _("O erro foi registrado. Tente de novo mais tarde."),
)
UNAVAILABLE = Kind(
    "unavailable",
    HTTPStatus.SERVICE_UNAVAILABLE,
    _("Fora do ar por instantes"),
    _("Tente de novo depois do tempo que o cabeçalho Retry-After diz, em segundos."),
)

BY_STATUS = {
    int(kind.status): kind
    for kind in (
        BAD_REQUEST,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        INVALID,
        TOO_MANY_ATTEMPTS,
        SERVER_ERROR,
        UNAVAILABLE,
    )
}

KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
"""What of an answer made elsewhere still holds when it is said as a problem."""


class Problem(Exception):
    """Ends a call with a problem. `more` are members of the answer beside the usual ones."""

    def __init__(
        self,
        kind: Kind,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.errors = errors
        self.headers = headers or {}
        self.more = more or {}


def wrong(field: str, code: str, message: str) -> Problem:
    """Return the problem of a request in which one thing is wrong."""
    return Problem(INVALID, errors=[FieldError(field=field, code=code, message=message)])


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Return a problem as an answer, which nobody may keep.

    An address is told back only if nobody can have put words of theirs into it.
    """
    kind = problem.kind
    said: dict[str, Any] = {
        "type": NAMES + kind.code,
        "title": str(kind.title),
        "status": int(kind.status),
        "detail": str(kind.detail),
        "code": kind.code,
    }
    if _is_ours(request.resolver_match):
        said["instance"] = request.path
    if problem.errors:
        said["errors"] = [each.model_dump() for each in problem.errors]
    body = json.dumps({**said, **problem.more}, ensure_ascii=False)
    response = HttpResponse(body, status=kind.status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response


def _is_ours(match: ResolverMatch | None) -> bool:
    if match is None or not match.url_name:
        return False
    return all(isinstance(each, UUID) for each in match.kwargs.values())


def explained(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer that says an error as a problem, whoever made it."""
    status = response.status_code
    is_problem = response.headers.get("Content-Type", "").startswith(MEDIA_TYPE)
    if status < HTTPStatus.BAD_REQUEST or is_problem:
        return response
    fallback = SERVER_ERROR if status >= HTTPStatus.INTERNAL_SERVER_ERROR else BAD_REQUEST
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return answer(request, Problem(BY_STATUS.get(status, fallback), headers=headers))
