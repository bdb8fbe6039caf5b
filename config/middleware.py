"""Headers that depend on who is meant to read the answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

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
        if isinstance(response, FileResponse):
            response.headers["Content-Security-Policy"] = settings.FILE_CSP
        response.headers.setdefault("Content-Security-Policy", policy)
        referrer = "same-origin" if is_staff else settings.SECURE_REFERRER_POLICY
        response.headers.setdefault("Referrer-Policy", referrer)
        if is_staff:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"  # previews are frames
        return response
