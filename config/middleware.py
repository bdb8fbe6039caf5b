"""Headers that depend on who is meant to read the answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

ADMIN = "/admin/"
ERRORS = 500
"""The first status that says nothing lasting of an address."""


class AudienceHeadersMiddleware:
    """Guests' pages get the strict policies; the admin those that it works under.

    The admin draws inline styles, and its forms must say where they come from: under
    `no-referrer` browsers send `Origin: null`, which the CSRF check refuses. What is meant for one
    person is stored by nobody on the way, and what says that something failed by nobody at all.
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
        if response.status_code >= ERRORS:
            patch_cache_control(response, no_store=True)
        elif is_staff or response.cookies:
            patch_cache_control(response, private=True)
        if is_staff:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"  # previews are frames
        return response
