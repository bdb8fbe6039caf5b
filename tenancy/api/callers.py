"""Who calls: a stranger on a property's host, a program on the API host, staff on their own.

A further kind of caller is one more class like those here, in the `auth` of the calls that it may
make.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from ninja.utils import check_csrf

from tenancy.api.problems import FORBIDDEN, Problem


@dataclass(frozen=True)
class Caller:
    """Whoever calls. `actor` is what records say: "guest", "token:<id>", "user:<id>"."""

    actor: str
    is_stranger: bool = False


STRANGER = Caller("guest", is_stranger=True)


class ApiKey:
    """A company's key, as `Authorization: Bearer alc_…`; see `tenancy.tokens`."""

    openapi_security_schema: ClassVar[dict[str, Any]] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A company's key, on the API host, with `X-Tenant`.",
    }

    def __call__(self, request: HttpRequest) -> Caller | None:
        token = getattr(request, "api_token", None)  # the middleware has let it in
        return Caller(f"token:{token.pk}") if token else None


class StaffSession:
    """Somebody who is signed in, and has a permission; pages of the admin send a CSRF token.

    Raises a problem for whoever is signed in and may not.
    """

    openapi_security_schema: ClassVar[dict[str, Any]] = {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": "The session of a member of the staff, on the staff host, with "
        "`X-CSRFToken`.",
    }

    def __init__(self, permission: str = "wagtailadmin.access_admin") -> None:
        self.permission = permission

    def __call__(self, request: HttpRequest) -> Caller | None:
        user = request.user
        if not user.is_authenticated:
            return None
        if check_csrf(request) is not None or not user.has_perm(self.permission):
            raise Problem(FORBIDDEN)
        return Caller(f"user:{user.pk}")


OPTIONAL: dict[str, Any] = {"security": [{}, {"ApiKey": []}, {"StaffSession": []}]}
"""What calls say in OpenAPI that anybody may make, and that tell known callers more."""


def caller_of(request: HttpRequest) -> Caller:
    """Return who calls where anybody may. Raises a problem for a session without its token."""
    return ApiKey()(request) or StaffSession()(request) or STRANGER
