"""Headers that depend on what kind of host answers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN = "/admin/"


class ContentSecurityPolicyMiddleware:
    """Guests' pages get the strict policy; the admin, which draws inline styles, its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_staff = request.path_info.startswith(ADMIN)
        policy = settings.STAFF_CSP if is_staff else settings.GUEST_CSP
        response.headers.setdefault("Content-Security-Policy", policy)
        return response
