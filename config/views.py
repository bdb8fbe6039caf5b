"""What belongs to no app: health, files, errors."""

import mimetypes
import sys

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from tenancy.api.languages import PREFIX as API
from tenancy.api.languages import asked_language
from tenancy.api.problems import SERVER_ERROR, UNAVAILABLE, Problem, answer
from tenancy.context import require_tenant_id
from tenancy.storage import tenant_prefix
from tenancy.store.tags import HEADER as TAGS
from tenancy.store.tags import tag_of_tenant

GUESTS = "guests/"
PUBLIC = ("images/", GUESTS)
"""Folders of what anybody may see: renditions, and what guests sent, once it is published."""
SEALED = "sealed/"
PICTURES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
"""What a browser may show by itself; all else is to be saved."""
YEAR = 31_536_000


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that this process reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """Serve a tenant's own files from this machine: what pages show to all, originals to staff.

    Whatever is no picture is handed over to be saved, never shown.
    Documents have Wagtail's view, which knows their restrictions.
    """
    prefix = tenant_prefix()
    if not name.startswith(prefix):
        raise Http404
    own = name.removeprefix(prefix)
    is_public = own.startswith(PUBLIC)
    if own.startswith(SEALED):
        raise Http404
    if not is_public and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    try:
        file = default_storage.open(name)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Http404 from error
    kind, _encoding = mimetypes.guess_type(name)
    is_picture = kind in PICTURES
    response = FileResponse(
        file,
        as_attachment=not is_picture,
        content_type=kind if is_picture else "application/octet-stream",
    )
    visibility = f"public, max-age={YEAR}, immutable" if is_public else "private, no-store"
    response.headers["Cache-Control"] = visibility
    response.headers["X-Content-Type-Options"] = "nosniff"
    if own.startswith(GUESTS) and settings.CDN_SECONDS:
        # what its guest takes back, a CDN must forget
        response.headers[TAGS] = tag_of_tenant(require_tenant_id())
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say 404 in the visitor's language."""
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
