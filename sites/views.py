"""Guests' addresses: pages, and what machines ask a site for."""

import wagtail.views
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from sites.models import HomePage
from sites.sitemap import listings
from tenancy.store.keeping import depends_on, kept, tag
from theme import share
from theme.routing import find_page, settle_roots
from theme.selectors import venue_of

YEAR = 31_536_000


@csrf_exempt  # nothing is taken, so that is what is said: 405
@require_safe
@kept
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page as Wagtail does, found in fewer queries."""
    page = find_page(request, path, home=HomePage)
    if page is not None:
        # where Page.route_for_request() says that it keeps its answer
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
        depends_on(request, *page.query_parameters)
        tag(request, *names_of(request, page))
    response: HttpResponse = wagtail.views.serve(request, path)
    return response


def names_of(request: HttpRequest, page: Page) -> list[str]:
    """Return what a page's address shows, as it is named to those who forget it by name."""
    venue = venue_of(request)
    return [f"page:{page.pk}", *([f"property:{venue.property.pk}"] if venue else [])]


@require_safe
@kept
def robots(request: HttpRequest) -> HttpResponse:
    """Open a property's site to robots, and close every other host."""
    depends_on(request)
    if Site.find_for_request(request) is None:
        text = "User-agent: *\nDisallow: /\n"
    else:
        address = request.build_absolute_uri("/sitemap.xml")
        text = f"User-agent: *\nDisallow: /api/\n\nSitemap: {address}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@kept
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages of one site."""
    depends_on(request)
    if venue_of(request) and (site := Site.find_for_request(request)):
        settle_roots(request, site)
    found = listings(request)
    if not found:
        raise Http404
    return render(request, "sites/sitemap.xml", {"listings": found}, "application/xml")


@require_safe
def share_picture(request: HttpRequest, page_id: int, digest: str) -> HttpResponse:
    """Answer the picture that goes with a page's link; it is drawn when first asked for.

    Its address has a digest of all that is in the picture: one that is out of date is a 404.
    """
    venue, site = venue_of(request), Site.find_for_request(request)
    page = get_object_or_404(Page.objects.live().public(), pk=page_id)
    if venue is None or site is None or page.get_site() != site:
        raise Http404
    card = share.card_of(page, venue)
    if card.digest != digest:
        raise Http404
    response = HttpResponse(share.picture_of(card), content_type="image/png")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
