"""Wishes to come: noted down, then confirmed or declined by the house; once, and in time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from promotions.enums import BookingState
from promotions.models import BookingIntent
from promotions.rules.codes import generate
from promotions.services.asks import Request
from promotions.services.steps import cancel, commit
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


@dataclass(frozen=True)
class Answerer:
    """Who answers for the house: "user:<id>", with that person, or "device:<id>"."""

    actor: str
    user: User | None = None

    @classmethod
    def person(cls, user: User) -> "Answerer":
        return cls(f"user:{user.pk}", user)


def answer(intent_id: UUID, state: BookingState, *, at: datetime, by: Answerer) -> bool:
    """Confirm or decline a wish; False if that was done before, or its time is over.

    The audit's event is what counts bookings. A coupon's use that is held for it is spent, or given
    back; doing it again does what a killed process has left. Not inside a transaction.
    """
    is_first = _note(intent_id, state, at=at, by=by)
    intent = BookingIntent.objects.filter(pk=intent_id, state=state, use_id__isnull=False).first()
    if intent is not None:
        step = commit if state == BookingState.CONFIRMED else cancel
        step(intent.use_id, Request(f"booking:{intent.pk}", by.actor), at=at)
    return is_first


@transaction.atomic
def _note(intent_id: UUID, state: BookingState, *, at: datetime, by: Answerer) -> bool:
    waiting = BookingIntent.objects.filter(
        pk=intent_id, state=BookingState.ASKED, expires_at__gt=at
    )
    if not waiting.update(state=state, answered_at=at):
        return False
    intent = BookingIntent.objects.get(pk=intent_id)
    price = intent.price_centavos - intent.discount_centavos
    data = {"property": str(intent.property_id), "centavos": price, "by": by.actor}
    audit.record(f"promotions.booking.{VERBS[state]}", intent, actor=by.user, data=data)
    return True
