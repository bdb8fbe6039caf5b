"""How often strangers may try to sign in, ask for a new password, or answer an invitation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tenancy.models import User
from tenancy.throttle import address_of, allow, is_trusted, trust

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class Limits:
    """Tries in `seconds`: of one address for one account, of one address, for one account.

    The account's own slows those who have many addresses. It does not hold where its owner has
    signed in lately: nobody is kept out by what others try elsewhere.
    """

    field: str
    pair: int
    address: int
    account: int
    seconds: int


LIMITS = {
    "wagtailadmin_login": Limits("username", pair=10, address=50, account=200, seconds=5 * MINUTE),
    "wagtailadmin_password_reset": Limits(
        "email", pair=5, address=30, account=20, seconds=1 * HOUR
    ),
    "accept_invitation": Limits("pk", pair=20, address=50, account=200, seconds=5 * MINUTE),
}
"""By the view's name; `field` says where the account stands, in the body or in the path."""


class SignInThrottleMiddleware:
    """Answers 429 to too many tries, in the same words whether the account exists or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Count what is posted, before it is looked at."""
        match = request.resolver_match
        limits = LIMITS.get(match.view_name) if match else None
        if limits is None or request.method != "POST":
            return None
        account = str(kwargs.get(limits.field) or request.POST.get(limits.field, ""))
        name = f"{match.view_name}:{{}}" if match else ""
        if all(
            allow(name.format(key), limit=limit, seconds=limits.seconds)
            for key, limit in counted(limits, address_of(request), User.normalise(account))
        ):
            return None
        return too_many(request, limits.seconds)


def counted(limits: Limits, address: str, account: str) -> Iterator[tuple[str, int]]:
    """Yield under what a try is counted, and how many there may be; the first to fail ends it.

    In this order, a single address that is refused does not use up the account's own.
    """
    yield f"address {address}", limits.address
    yield f"pair {address} {account}", limits.pair
    if not is_trusted(f"{address} {account}"):
        yield f"account {account}", limits.account


def remember(request: HttpRequest, user: User) -> None:
    """Note from where the person has signed in."""
    trust(f"{address_of(request)} {user.email}")


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """Say when to come back."""
    context = {"minutes": seconds // MINUTE}
    response = render(request, "tenancy/too_many_tries.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
