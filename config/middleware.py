"""Headers that depend on who is meant to read the answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Site

ADMIN = "/admin/"


class AudienceHeadersMiddleware:
    """Guests' pages get the strict policies; the admin those that it works under.

    The admin draws inline styles, and its forms must say where they come from: under
    `no-referrer` browsers send `Origin: null`, which the CSRF check refuses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_staff = request.path_info.startswith(ADMIN)
        policy = settings.STAFF_CSP if is_staff else settings.GUEST_CSP
        response.headers.setdefault("Content-Security-Policy", policy)
        referrer = "same-origin" if is_staff else settings.SECURE_REFERRER_POLICY
        response.headers.setdefault("Referrer-Policy", referrer)
        if is_staff:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"  # previews are frames
        return response


class GuestRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, where there is a site for them: on guests' hosts.

    Elsewhere Wagtail would follow the redirects of any site.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code != 404 or Site.find_for_request(request) is None:
            return response
        found: HttpResponseBase = super().process_response(request, response)
        return found
