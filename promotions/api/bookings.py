"""The call by which guests say that they want to come."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Body, Router, Status

from promotions import attempts, services
from promotions.api.admission import Device, admit
from promotions.api.problems import insist_on_price, problems_of_services
from promotions.api.requests import BookIn
from promotions.api.saying import reasons_out
from promotions.api.schemas import BookingOut
from promotions.api.stays import Visit, visit_of
from promotions.api.verdicts import rules_now
from promotions.enums import BookingState, UseState
from promotions.models import BookingIntent, CouponUse
from promotions.rules.eligibility import Finding
from promotions.services import Ask, Refused, booking
from promotions.services.booking import Wish
from suites.api.calls import offer_of
from suites.api.money import money
from suites.selectors import Offer
from tenancy.api.answers import BODY, answers
from tenancy.api.callers import OPTIONAL, Caller, caller_of
from tenancy.api.houses import house_of
from tenancy.api.instants import near
from tenancy.api.problems import wrong
from theme.clock import instant_of

router = Router(tags=["Bookings"])


@router.post(
    "/bookings",
    response=answers({201: BookingOut}, *BODY, 409, 429),
    summary="Say that somebody wants to come",
    openapi_extra=OPTIONAL,
)
def book(
    request: HttpRequest, said: Annotated[BookIn, Body()], device: Device = None
) -> Status[BookingOut]:
    """Note down for which stay somebody wants to come, and what it costs by the house's prices.

    Nothing is kept free, and nobody's name is asked: the guests say the reference to the house,
    which confirms or declines. A code that does not hold takes nothing off, and `reasons` say why.
    """
    caller = caller_of(request)
    admit(request, caller, device=device)
    offer, now = (
        offer_of(house_of(request, said.property, field="body.property")),
        instant_of(request),
    )
    arrival = near(said.stay.arrival, now=now, field="body.stay.arrival")
    visit = visit_of(said.stay, offer, at=max(now, arrival))
    insist_on_price(visit, offer)
    centavos, findings = _discount(said, visit, offer, caller, at=now)
    intent = booking.ask(_wish(said, visit, offer, centavos), at=now)
    return Status(201, booking_out(intent, findings, offer))


def booking_out(intent: BookingIntent, findings: tuple[Finding, ...], offer: Offer) -> BookingOut:
    """Return a wish as it was noted down, and why a code takes nothing off."""
    rules = {rule.key: rule for rule in rules_now()}
    return BookingOut(
        reference=intent.reference,
        state=BookingState(intent.state),
        property=offer.house.slug,
        arrival=offer.calendar.local(intent.arrival),
        price=money(intent.price_centavos),
        discount=money(intent.discount_centavos),
        total=money(intent.price_centavos - intent.discount_centavos),
        reasons=reasons_out(findings, offer.calendar, rules),
        expires_at=offer.calendar.local(intent.expires_at),
    )


def _wish(said: BookIn, visit: Visit, offer: Offer, centavos: int) -> Wish:
    assert visit.suite_type_id and visit.stay_id  # noqa: S101, PT018 (the stay has a price)
    return Wish(
        property_id=offer.house.pk,
        suite_type_id=visit.suite_type_id,
        stay_id=visit.stay_id,
        arrival=visit.arrival,
        price_centavos=visit.bill(None).centavos,
        discount_centavos=centavos,
        use_id=said.reservation,
    )


def _discount(
    said: BookIn, visit: Visit, offer: Offer, caller: Caller, *, at: datetime
) -> tuple[int, tuple[Finding, ...]]:
    """Return what a reserved use, or else a code, takes off; nothing but reasons if it does not."""
    if said.reservation is not None:
        return _reserved(said.reservation, visit, offer, at=at), ()
    if said.code is None:
        return 0, ()
    ask = Ask(
        code=said.code,
        at=at,
        house=offer.house,
        bill=visit.bill(None),
        suite_type_id=visit.suite_type_id,
        stay_id=visit.stay_id,
        minutes=visit.minutes,
        arrival=visit.arrival,
        is_stranger=caller.is_stranger,
    )
    with problems_of_services():
        answer = services.validate(ask)
    if not isinstance(answer, Refused):
        attempts.note()
        return answer.discount.centavos, ()
    attempts.note(answer.findings)
    return 0, answer.findings


def _reserved(use_id: UUID, visit: Visit, offer: Offer, *, at: datetime) -> int:
    """Return what a reserved use takes off. Raises a problem where there is none here."""
    use = CouponUse.objects.filter(
        pk=use_id, property_id=offer.house.pk, state=UseState.HELD, expires_at__gt=at
    ).first()
    if use is None:
        raise wrong("body.reservation", "unknown", _("Não há esta reserva aqui."))
    return min(use.discount_centavos, visit.bill(None).centavos)
