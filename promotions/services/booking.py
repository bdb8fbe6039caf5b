"""Wishes to come: noted down, then confirmed or declined by the house; once, and in time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from promotions.enums import BookingState
from promotions.models import BookingIntent
from promotions.rules.codes import generate
from tenancy import audit
from tenancy.models import User

SYMBOLS = 5
"""Beside the check symbol: 28 million references in each company."""
TRIES = 9
ANSWERED_WITHIN = timedelta(hours=12)
"""After the arrival, for houses that confirm when the guests are there."""
VERBS = {BookingState.CONFIRMED: "confirm", BookingState.DECLINED: "decline"}


@dataclass(frozen=True)
class Wish:
    """Who comes is not known here: which stay, when, and what it costs."""

    property_id: UUID
    suite_type_id: UUID
    stay_id: UUID
    arrival: datetime
    price_centavos: int
    discount_centavos: int = 0
    use_id: UUID | None = None


def ask(wish: Wish, *, at: datetime) -> BookingIntent:
    """Note a wish down under a reference of its own."""
    for _try in range(TRIES):
        intent = BookingIntent(
            **vars(wish),
            reference=generate(symbols=SYMBOLS),
            created_at=at,
            expires_at=max(at, wish.arrival) + ANSWERED_WITHIN,
        )
        try:
            with transaction.atomic():
                intent.save(force_insert=True)
        except IntegrityError:  # somebody has this reference
            continue
        return intent
    raise RuntimeError("Every reference that was drawn is somebody's.")


@transaction.atomic
def answer(intent_id: UUID, state: BookingState, *, at: datetime, actor: User) -> bool:
    """Confirm or decline a wish; False if that was done before, or its time is over.

    The audit's event is what counts bookings.
    """
    waiting = BookingIntent.objects.filter(
        pk=intent_id, state=BookingState.ASKED, expires_at__gt=at
    )
    if not waiting.update(state=state, answered_at=at):
        return False
    intent = BookingIntent.objects.get(pk=intent_id)
    price = intent.price_centavos - intent.discount_centavos
    data = {"property": str(intent.property_id), "centavos": price}
    audit.record(f"promotions.booking.{VERBS[state]}", intent, actor=actor, data=data)
    return True
