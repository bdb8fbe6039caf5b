"""The calls about coupons: asking, reserving, and what follows.

Anybody may ask and reserve, and give back what they have reserved: whoever knows its id can. That
a guest has come, and that it was a mistake, only those say who work for the house.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from ninja import Body, Header, Path, Router, Status

from promotions import attempts, services
from promotions.api.admission import Device, admit, holder_of
from promotions.api.answering import verdict_out
from promotions.api.problems import (
    RESERVATION_EXPIRED,
    WRONG_STATE,
    insist_on_price,
    problems_of_services,
    refused,
)
from promotions.api.requests import IdempotencyKey, ReserveIn, ValidateIn
from promotions.api.schemas import RefusedOut, ReservationOut, UseOut, VerdictOut
from promotions.api.stays import ARRIVAL, arrival_of, visit_of
from promotions.api.uses import reservation_out, use_out
from promotions.api.verdicts import Inquiry, simulated
from promotions.enums import UseState
from promotions.services import Ask, Done, Impossible, Refused, Request
from suites.api.calls import offer_of
from tenancy.api.answers import BODY, answers
from tenancy.api.callers import OPTIONAL, ApiKey, Caller, StaffSession, caller_of
from tenancy.api.houses import house_of
from tenancy.api.instants import near
from tenancy.api.problems import NOT_FOUND, Problem
from theme.clock import instant_of

router = Router(tags=["Coupons"])

MAY_REDEEM = "promotions.change_couponuse"
REDEEMERS = [ApiKey(), StaffSession(MAY_REDEEM)]
"""Who may say that a guest has come."""

Step = Callable[..., Done | Impossible]
Key = Annotated[IdempotencyKey, Header(alias="Idempotency-Key")]
OptionalKey = Annotated[IdempotencyKey | None, Header(alias="Idempotency-Key")]
UseId = Annotated[UUID, Path()]


@router.post(
    "/coupons/validate",
    response=answers({200: VerdictOut}, *BODY, 429),
    summary="Ask whether a code could be used",
    openapi_extra=OPTIONAL,
)
@sensitive_variables()
def validate(
    request: HttpRequest, said: Annotated[ValidateIn, Body()], device: Device = None
) -> VerdictOut:
    """Say what a code would give for a stay, or every reason why it does not hold.

    Nothing is kept for anybody. The more is said of the stay, the more is looked at.
    """
    caller = caller_of(request)
    admit(request, caller, device=device, said=said)
    now = instant_of(request)
    at = near(said.at, now=now, field="body.at")
    near(said.stay.arrival, now=now, field=ARRIVAL)
    inquiry = inquiry_of(request, said, caller, at=at)
    with problems_of_services():
        answer = services.validate(inquiry.ask)
        attempts.note(answer.findings if isinstance(answer, Refused) else ())
        return verdict_out(answer, inquiry)


@router.post(
    "/coupons/reservations",
    response=answers({201: ReservationOut, 409: RefusedOut}, *BODY, 429),
    summary="Reserve the use of a code",
    openapi_extra=OPTIONAL,
)
@sensitive_variables()
def reserve(
    request: HttpRequest, said: Annotated[ReserveIn, Body()], key: Key, device: Device = None
) -> Status[ReservationOut]:
    """Keep a use for a while: fifteen minutes, unless the coupon says otherwise.

    The same call with the same key gets the same answer, and reserves nothing more; another call
    with that key is refused (422). A refusal (409) reserves nothing, and its key may be used again.
    """
    caller = caller_of(request)
    admit(request, caller, device=device, said=said)
    now = instant_of(request)
    arrival_of(said.stay, caller, now=now)
    inquiry = inquiry_of(request, said, caller, at=now)
    insist_on_price(inquiry.visit, inquiry.offer)
    with problems_of_services():
        answer = services.hold(inquiry.ask, by(caller, key))
        attempts.note(answer.findings if isinstance(answer, Refused) else ())
        if isinstance(answer, Refused):
            raise refused(answer, inquiry)
    return Status(201, reservation_out(answer.use))


@router.post(
    "/coupons/reservations/{uuid:use_id}/commit",
    response=answers({200: UseOut}, 404, 409, 410, 422),
    auth=REDEEMERS,
    summary="Say that the guest has come",
)
def commit(request: HttpRequest, use_id: UseId, key: OptionalKey = None) -> UseOut:
    """Spend what is reserved. Doing it again changes nothing; after its time it is gone (410)."""
    return step(services.commit, request.auth, request, use_id, key, UseState.SPENT)  # type: ignore[attr-defined]  # django-ninja's


@router.post(
    "/coupons/reservations/{uuid:use_id}/cancel",
    response=answers({200: UseOut}, 404, 409, 410, 422, 429),
    summary="Give a reservation back",
    openapi_extra=OPTIONAL,
)
def cancel(
    request: HttpRequest, use_id: UseId, key: OptionalKey = None, device: Device = None
) -> UseOut:
    """Give back what is reserved. Doing it again changes nothing."""
    caller = caller_of(request)
    admit(request, caller, device=device)
    return step(services.cancel, caller, request, use_id, key, UseState.CANCELLED)


@router.post(
    "/redemptions/{uuid:use_id}/reverse",
    response=answers({200: UseOut}, 404, 409, 410, 422),
    auth=REDEEMERS,
    summary="Take a use back",
)
def reverse(request: HttpRequest, use_id: UseId, key: OptionalKey = None) -> UseOut:
    """Give back what was spent. Doing it again changes nothing.

    A redemption has the id of the reservation that it comes from.
    """
    return step(services.reverse, request.auth, request, use_id, key, UseState.REVERSED)  # type: ignore[attr-defined]  # django-ninja's


@sensitive_variables()
def inquiry_of(
    request: HttpRequest, said: ValidateIn | ReserveIn, caller: Caller, *, at: datetime
) -> Inquiry:
    """Return what is asked of a coupon, whatever the code. Raises a problem for unknown words.

    A stranger's own amount is good for asking; what is reserved is reckoned by the house's prices.
    """
    house = house_of(request, said.property, field="body.property")
    offer = offer_of(house)
    visit = visit_of(said.stay, offer, at=at)
    is_believed = not (caller.is_stranger and isinstance(said, ReserveIn))
    amount = said.amount.minor if said.amount and is_believed else None
    bill = visit.bill(amount)
    found = simulated(visit, offer, at=at, bill=bill)
    ask = Ask(
        code=said.code,
        at=at,
        house=house,
        bill=bill,
        suite_type_id=visit.suite_type_id,
        stay_id=visit.stay_id,
        minutes=visit.minutes,
        arrival=said.stay.arrival,
        holder=holder_of(said),
        holder_kind=said.holder.kind if said.holder else None,
        automatic=found.automatic,
        wording=said.model_dump_json(exclude={"holder"}),
        is_stranger=caller.is_stranger,
    )
    return Inquiry(ask, visit, offer, found, said.stay.people)


def by(caller: Caller, key: str | None) -> Request:
    """Return who does something by which request: keys of one caller are no other's."""
    return Request(key=f"{caller.actor}:{key or uuid4()}", actor=caller.actor)


def step(
    verb: Step,
    caller: Caller,
    request: HttpRequest,
    use_id: UUID,
    key: str | None,
    state: UseState,
) -> UseOut:
    """Take a step of a use. Raises a problem where it cannot be taken."""
    with problems_of_services():
        answer = verb(use_id, by(caller, key), at=instant_of(request))
    if isinstance(answer, Done):
        return use_out(answer.use, state=state)
    if answer.state is None:
        raise Problem(NOT_FOUND)
    raise Problem(RESERVATION_EXPIRED if answer.state == UseState.EXPIRED else WRONG_STATE)
