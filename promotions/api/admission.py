"""Who may go on trying: strangers are counted, and an answer that looks like guessing is noted."""

from typing import Annotated

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from ninja import Header

from promotions import attempts
from promotions.api.requests import CouponIn, RevealIn
from promotions.attempts import Attempt
from tenancy.api.callers import Caller
from tenancy.api.problems import TOO_MANY_ATTEMPTS, Problem
from tenancy.throttle import address_of

Device = Annotated[
    str | None,
    Header(
        alias="Device-Id",
        pattern=r"^[A-Za-z0-9_-]{8,64}$",
        description="Drawn at random by the device once, so that others behind its address are "
        "not counted with it.",
    ),
]


@sensitive_variables()
def admit(
    request: HttpRequest,
    caller: Caller,
    *,
    device: str | None,
    said: CouponIn | RevealIn | None = None,
) -> None:
    """Count a stranger's try. Raises a problem where there were too many."""
    if not caller.is_stranger:
        return
    attempt = Attempt(
        address=address_of(request),
        device=device or "",
        identifier=holder_of(said) or "" if said else "",
    )
    if wait := attempts.seconds_to_wait(attempt):
        raise Problem(TOO_MANY_ATTEMPTS, headers={"Retry-After": str(wait)})


def holder_of(said: CouponIn | RevealIn) -> str | None:
    """Return what tells the person who uses a coupon from others, as they wrote it."""
    return said.holder.value if said.holder else None
