"""Wishes to come, at the gate: found by their reference, and confirmed when the guests are here."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from promotions.enums import BookingState, UseState
from promotions.gate.answers import Answer, Why, known, moment, stay_names
from promotions.gate.keepers import Keeper
from promotions.models import BookingIntent, CouponCode, CouponUse
from promotions.rules.codes import is_well_formed, normalise
from promotions.services import booking
from suites.selectors import Offer
from tenancy.models import Property


def find(text: str, house: Property) -> BookingIntent | None:
    """Return the wish whose reference that is; None if it is another property's, or a code."""
    reference = normalise(text)
    if not is_well_formed(reference, booking.SYMBOLS):
        return None
    intent: BookingIntent | None = BookingIntent.objects.filter(
        reference=reference, property_id=house.pk
    ).first()
    is_code = intent is not None and CouponCode.objects.filter(code=reference).exists()
    return None if is_code else intent


def confirm(
    intent_id: UUID, house: Property, keeper: Keeper, *, at: datetime
) -> BookingIntent | None:
    """Confirm a wish to come to the house, and return how it stands then; None if there is none."""
    found = BookingIntent.objects.filter(pk=intent_id, property_id=house.pk)
    if not found.exists():
        return None
    by = booking.Answerer(keeper.actor, keeper.user)
    booking.answer(intent_id, BookingState.CONFIRMED, at=at, by=by)
    intent: BookingIntent = found.get()
    return intent


def told(intent: BookingIntent, offer: Offer, *, at: datetime) -> Answer:
    """Say how a wish stands, for which stay it is, and what it costs."""
    use = CouponUse.objects.filter(pk=intent.use_id).first() if intent.use_id else None
    is_open = intent.state == BookingState.ASKED and intent.expires_at > at
    is_lost = use is not None and not _is_good(use, at=at)
    discount, beside = _off(intent, None if is_lost else use)
    return Answer(
        state=_state(intent, is_open=is_open),
        title=_title(intent, is_open=is_open),
        what=_what(intent, offer),
        price=intent.price_centavos,
        discount=discount,
        beside=beside,
        whys=tuple(_whys(intent, use, is_lost=is_lost)),
        booking_id=intent.pk if is_open else None,
    )


def _off(intent: BookingIntent, use: CouponUse | None) -> tuple[int, int]:
    """Return what a code takes off, and what promotions without a code do; no use is a lost one.

    Of a code that was only said it is known what it takes off with those that go beside it.
    """
    if use is not None:
        return use.discount_centavos, intent.discount_centavos - use.discount_centavos
    if intent.use_id is None and _is_of_code(intent):
        return intent.discount_centavos, 0
    return 0, intent.automatic_centavos


def _is_of_code(intent: BookingIntent) -> bool:
    """Return whether the discount is another one than guests would have without a code."""
    return bool(intent.discount_centavos != intent.automatic_centavos)


def _is_good(use: CouponUse, *, at: datetime) -> bool:
    is_held = use.state == UseState.HELD and use.expires_at is not None and use.expires_at > at
    return is_held or use.state == UseState.SPENT


def _state(intent: BookingIntent, *, is_open: bool) -> str:
    if is_open:
        return "booking"
    return "booked" if intent.state == BookingState.CONFIRMED else "refused"


def _title(intent: BookingIntent, *, is_open: bool) -> str:
    if is_open:
        return _("Pedido de reserva: falta confirmar.")
    if intent.state == BookingState.CONFIRMED:
        return _("Reserva confirmada.")
    if intent.state == BookingState.DECLINED:
        return _("Este pedido foi recusado.")
    return _("Este pedido passou da hora.")


def _what(intent: BookingIntent, offer: Offer) -> str:
    names = known(stay_names(offer), (str(intent.suite_type_id), str(intent.stay_id)))
    arrival = moment(intent.arrival, offer.calendar)
    return ", ".join([*names, _("chegada: %s") % arrival])


def _whys(intent: BookingIntent, use: CouponUse | None, *, is_lost: bool) -> Iterator[Why]:
    if is_lost:
        yield Why(_("O cupom guardado para este pedido passou da hora: confira o código."))
    elif use is not None and use.state == UseState.SPENT:
        yield Why(_("O cupom deste pedido foi usado."))
    elif use is not None:
        yield Why(_("Um cupom está guardado: confirmar o usa."))
    elif _is_of_code(intent):
        yield Why(_("O desconto é de um código: confira-o também, para que seja usado."))
