"""Serves the style sheets that are put together from several sources."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tenancy.store.keeping import depends_on, kept
from theme import selectors
from theme.sheets import Sheet, own_sheet, site_sheet

YEAR = 31_536_000


@require_safe
@kept
def site_style(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the styles of all sites."""
    return _serve(request, site_sheet(), digest)


@require_safe
@kept
def own_style(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve what the host's property changes in its theme."""
    venue = selectors.venue_of(request)
    sheet = own_sheet(venue.settings) if venue else None
    if sheet is None:
        raise Http404
    return _serve(request, sheet, digest)


def _serve(request: HttpRequest, sheet: Sheet, digest: str) -> HttpResponse:
    """Serve a sheet; one that is asked for by an older digest is current, and not kept."""
    response = HttpResponse(sheet.text, content_type="text/css; charset=utf-8")
    if digest == sheet.digest:
        depends_on(request)
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    return response
