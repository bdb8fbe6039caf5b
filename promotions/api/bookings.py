"""The call by which guests say that they want to come."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Body, Router, Status

from promotions import attempts, services
from promotions.api.admission import Device, admit
from promotions.api.problems import insist_on_price, problems_of_services
from promotions.api.requests import BookIn, ChosenStayIn
from promotions.api.saying import reasons_out
from promotions.api.schemas import BookingOut
from promotions.api.stays import Visit, arrival_of, visit_of
from promotions.api.verdicts import rules_now, simulated
from promotions.enums import BookingState, UseState
from promotions.models import BookingIntent, CouponUse
from promotions.rules.effects import Bill
from promotions.rules.eligibility import Finding
from promotions.rules.simulation import Simulation
from promotions.services import Ask, Refused, UseFacts, booking
from promotions.services.booking import Wish
from suites.api.calls import offer_of
from suites.api.money import money
from suites.selectors import Offer
from tenancy.api.answers import BODY, answers
from tenancy.api.callers import OPTIONAL, Caller, caller_of
from tenancy.api.houses import house_of
from tenancy.api.problems import wrong
from theme.clock import instant_of

router = Router(tags=["Bookings"])

SAME_TIME = timedelta(minutes=1)
"""Some callers leave seconds out."""


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
    which confirms or declines. Promotions that need no code are taken off, and a `code` with what
    combines with it, if that is more; one that does not hold takes nothing off: `reasons` say why.
    A reservation is for the stay for which it was made: its price and discount count, and asking
    with it again gets the same booking.
    """
    caller = caller_of(request)
    admit(request, caller, device=device)
    offer, now = (
        offer_of(house_of(request, said.property, field="body.property")),
        instant_of(request),
    )
    use = _held(said.reservation, offer, at=now) if said.reservation else None
    arrival = _arrival_of(use) if use else arrival_of(said.stay, caller, now=now) or now
    visit = visit_of(said.stay.model_copy(update={"arrival": arrival}), offer, at=now)
    found = simulated(visit, offer, at=now, bill=_bill(visit, use))
    findings: tuple[Finding, ...] = ()
    if use:
        _insist_on_same(said.stay, visit, use)
        off = UseFacts.of(use).off_centavos
    else:
        insist_on_price(visit, offer)
        off, findings = _taken_off(said, visit, offer, caller, found, at=now)
    wish = _wish(visit, offer, found, off, use)
    return Status(201, booking_out(booking.ask(wish, at=now), findings, offer))


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


def _wish(visit: Visit, offer: Offer, found: Simulation, off: int, use: CouponUse | None) -> Wish:
    assert visit.suite_type_id and visit.stay_id  # noqa: S101, PT018 (the stay has a price)
    return Wish(
        property_id=offer.house.pk,
        suite_type_id=visit.suite_type_id,
        stay_id=visit.stay_id,
        arrival=visit.arrival,
        price_centavos=_bill(visit, use).centavos,
        discount_centavos=off,
        automatic_centavos=found.gain[0],
        use_id=use.pk if use else None,
    )


def _bill(visit: Visit, use: CouponUse | None) -> Bill:
    """Return what the stay costs: what is reserved, as it was when it was."""
    return visit.bill(use.price_centavos if use else None)


def _taken_off(
    said: BookIn, visit: Visit, offer: Offer, caller: Caller, found: Simulation, *, at: datetime
) -> tuple[int, tuple[Finding, ...]]:
    """Return what is taken off with a code or without it, and what is against the code."""
    centavos, _hours, _courtesies = found.gain
    if said.code is None:
        return centavos, ()
    ask = Ask(
        code=said.code,
        at=at,
        house=offer.house,
        bill=visit.bill(None),
        suite_type_id=visit.suite_type_id,
        stay_id=visit.stay_id,
        minutes=visit.minutes,
        arrival=visit.arrival,
        automatic=found.automatic,
        is_stranger=caller.is_stranger,
    )
    with problems_of_services():
        answer = services.validate(ask)
    if not isinstance(answer, Refused):
        attempts.note()
        return max(centavos, answer.off_centavos), ()
    attempts.note(answer.findings)
    return centavos, answer.findings


def _held(use_id: UUID, offer: Offer, *, at: datetime) -> CouponUse:
    """Return a use that is reserved here. Raises a problem where there is none."""
    use: CouponUse | None = CouponUse.objects.filter(
        pk=use_id, property_id=offer.house.pk, state=UseState.HELD, expires_at__gt=at
    ).first()
    if use is None:
        raise wrong("body.reservation", "unknown", _("Não há esta reserva aqui."))
    return use


def _arrival_of(use: CouponUse) -> datetime:
    """Return when those arrive for whom a use is reserved: at once, where nobody said when."""
    arrival = use.stay.get("arrival")
    return datetime.fromisoformat(arrival) if arrival else use.created_at


def _insist_on_same(said: ChosenStayIn, visit: Visit, use: CouponUse) -> None:
    """Raise a problem for another stay than the one for which a use was reserved."""
    reserved = (use.stay.get("suite_type"), use.stay.get("stay"))
    is_same_stay = reserved == (str(visit.suite_type_id), str(visit.stay_id))
    is_same_time = said.arrival is None or abs(said.arrival - _arrival_of(use)) < SAME_TIME
    if not (is_same_stay and is_same_time):
        raise wrong("body.reservation", "other_stay", _("A reserva é de outra permanência."))
