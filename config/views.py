"""What belongs to no app: health, files, errors."""

import sys
import time
from http import HTTPStatus

from django.conf import settings
from django.core.files.storage import storages
from django.db import InterfaceError, OperationalError, connection
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseNotFound,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as serve_document

from tenancy import kinds, signatures
from tenancy.api.languages import PREFIX as API
from tenancy.api.languages import asked_language
from tenancy.api.problems import SERVER_ERROR, UNAVAILABLE, Problem, answer
from tenancy.context import PLATFORM_ID, current_tenant_id, require_tenant_id
from tenancy.storage import is_public, tenant_prefix
from tenancy.store.tags import HEADER as TAGS
from tenancy.store.tags import tag_of_tenant

GUESTS, SEALED = "guests/", "sealed/"
"""Folders of what guests sent: once it is published, and before."""


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that this process reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a tenant's own files: public ones to all, others to whoever has a signed address.

    Whatever is no picture is handed over to be saved, never shown.
    Documents have Wagtail's view, which knows their restrictions.
    """
    prefix = tenant_prefix()
    own = name.removeprefix(prefix)
    if not name.startswith(prefix) or own.startswith(SEALED):
        raise Http404
    has_all = is_public(name)
    if not has_all:
        query = request.META["QUERY_STRING"]
        if not query:
            raise Http404
        if not signatures.opens(name, query, method=request.method or "", at=time.time()):
            return HttpResponseForbidden(headers={"Cache-Control": "private, no-store"})
    try:
        file = storages["public" if has_all else "default"].open(name)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Http404 from error
    kind = kinds.kind_of(name)
    response = FileResponse(file, as_attachment=not kinds.is_picture(name), content_type=kind)
    response.headers["Cache-Control"] = kinds.keeping_of(is_public=has_all)
    response.headers["X-Content-Type-Options"] = "nosniff"
    if own.startswith(GUESTS) and settings.CDN_SECONDS:
        # what its guest takes back, a CDN must forget
        response.headers[TAGS] = tag_of_tenant(require_tenant_id())
    return response


def document(request: HttpRequest, document_id: str, name: str) -> HttpResponseBase:
    """Serve a document to whom its collection is open: here, or by a signed address."""
    response: HttpResponseBase = serve_document(request, document_id, name)
    if response.status_code == HTTPStatus.FOUND:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say 404 in the visitor's language; on the platform's host, which has no looks, plainly."""
    if current_tenant_id() == PLATFORM_ID:
        return HttpResponseNotFound("404 Not Found\n", content_type="text/plain")
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say 500, or 503 while the database is away; neither answer asks it anything."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    if request.path_info.startswith(API):
        with translation.override(asked_language(request)):
            response = answer(request, Problem(UNAVAILABLE if away else SERVER_ERROR))
    else:
        response = render(request, "500.html", status=503 if away else 500)
    if away:
        response.headers["Retry-After"] = "10"
    return response
