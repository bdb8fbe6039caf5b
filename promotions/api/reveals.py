"""The call by which guests uncover the code of a coupon that a page offers."""

from typing import Annotated

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from ninja import Body, Router

from promotions.api.admission import Device, admit, holder_of
from promotions.api.problems import not_revealed, problems_of_services
from promotions.api.requests import RevealIn
from promotions.api.schemas import RefusedOut, RevealedOut
from promotions.services import Refused
from promotions.services.revealing import Revealed
from promotions.uncovering import Asker, Uncovered, qr_address, uncover
from suites.api.calls import offer_of
from suites.selectors import Offer
from tenancy.api.answers import BODY, answers
from tenancy.api.callers import OPTIONAL, caller_of
from tenancy.api.houses import house_of
from tenancy.api.problems import NOT_FOUND, Problem
from theme.clock import instant_of

router = Router(tags=["Coupons"])


@router.post(
    "/coupons/reveal",
    response=answers({200: RevealedOut, 409: RefusedOut}, *BODY, 404, 429),
    summary="Uncover a coupon's code",
    openapi_extra=OPTIONAL,
)
@sensitive_variables()
def reveal(
    request: HttpRequest, said: Annotated[RevealIn, Body()], device: Device = None
) -> RevealedOut:
    """Return a code of a coupon that a public page of the property offers.

    The same person, where the coupon counts people, or else the same device, gets the same code
    again, and no other one after it has ended.
    """
    admit(request, caller_of(request), device=device, said=said)
    offer = offer_of(house_of(request, said.property, field="body.property"))
    kind = said.holder.kind if said.holder else None
    asker = Asker(holder_of(said), kind, device or "")
    with problems_of_services():
        found = uncover(said.coupon, offer, asker, at=instant_of(request))
    if found is None:
        raise Problem(NOT_FOUND)
    if isinstance(found.answer, Refused):
        raise not_revealed(found.answer, offer)
    return revealed_out(found, found.answer, offer)


def revealed_out(found: Uncovered, answer: Revealed, offer: Offer) -> RevealedOut:
    """Return a code, and what was said of it."""
    return RevealedOut(
        coupon=found.offer.slug,
        code=answer.code,
        ends_at=offer.calendar.local(answer.ends_at) if answer.ends_at else None,
        gives=found.offer.gives,
        terms=list(found.offer.terms),
        qr=qr_address(found.qr),
    )
