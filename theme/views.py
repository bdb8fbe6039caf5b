"""Serves the style sheets that are put together from several sources."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from theme import selectors
from theme.sheets import Sheet, own_sheet, site_sheet

YEAR = 31_536_000


@require_safe
def site_style(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the styles of all sites."""
    return _serve(request, site_sheet(), digest)


@require_safe
def own_style(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve what the host's property changes in its theme."""
    venue = selectors.venue_of(request)
    sheet = own_sheet(venue.settings) if venue else None
    if sheet is None:
        raise Http404
    return _serve(request, sheet, digest)


def _serve(request: HttpRequest, sheet: Sheet, digest: str) -> HttpResponse:
    """Serve a sheet; one that is asked for by an older digest is current, and not kept."""
    is_zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    body = sheet.compressed if is_zipped else sheet.text.encode()
    response = HttpResponse(body, content_type="text/css; charset=utf-8")
    if is_zipped:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    is_current = digest == sheet.digest
    response.headers["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if is_current else "no-cache"
    )
    return response
