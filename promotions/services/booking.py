"""Wishes to come: noted down, then confirmed or declined by the house; once, and in time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from promotions.enums import BookingState
from promotions.models import BookingIntent
from promotions.rules.codes import generate
from promotions.services.answers import Done
from promotions.services.asks import Request
from promotions.services.steps import cancel, commit, reverse
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
    """Who comes is not known here: which stay, when, and what it costs.

    `discount_centavos` is all that is taken off; without a code it would be `automatic_centavos`.
    """

    property_id: UUID
    suite_type_id: UUID
    stay_id: UUID
    arrival: datetime
    price_centavos: int
    discount_centavos: int = 0
    automatic_centavos: int = 0
    use_id: UUID | None = None


def ask(wish: Wish, *, at: datetime) -> BookingIntent:
    """Note a wish down under a reference of its own; of a reserved use there is one, asked again.

    The use is for the wish's stay: that is for the caller to see.
    """
    for _try in range(TRIES):
        if earlier := _of_use(wish.use_id):
            return earlier
        intent = BookingIntent(
            **vars(wish),
            reference=generate(symbols=SYMBOLS),
            created_at=at,
            expires_at=max(at, wish.arrival) + ANSWERED_WITHIN,
        )
        try:
            with transaction.atomic():
                intent.save(force_insert=True)
        except IntegrityError:  # somebody has this reference, or this use
            continue
        return intent
    raise RuntimeError("Every reference that was drawn is somebody's.")


def _of_use(use_id: UUID | None) -> BookingIntent | None:
    return BookingIntent.objects.filter(use_id=use_id).first() if use_id else None


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
    back; where the hold is over, the booking stands with what it would cost without a code. What a
    killed process has left is done when it is done again. Not inside a transaction.
    """
    if state == BookingState.CONFIRMED:
        return _confirm(intent_id, at=at, by=by)
    is_first = _note(intent_id, state, at=at, by=by)
    declined = BookingIntent.objects.filter(pk=intent_id, state=state, use_id__isnull=False).first()
    if declined is not None:
        cancel(declined.use_id, _request(declined, by), at=at)
    return is_first


def _confirm(intent_id: UUID, *, at: datetime, by: Answerer) -> bool:
    """Spend first, then count: only who has the use has the discount."""
    intent = _waiting(intent_id, at=at).first()
    if intent is None:
        return False
    request, use_id = _request(intent, by), intent.use_id
    is_kept = use_id is None or isinstance(commit(use_id, request, at=at), Done)
    if not is_kept:
        _waiting(intent_id, at=at).update(discount_centavos=F("automatic_centavos"))
    if _note(intent_id, BookingState.CONFIRMED, at=at, by=by):
        return True
    is_declined = BookingIntent.objects.filter(pk=intent_id, state=BookingState.DECLINED).exists()
    if use_id and is_declined:  # by somebody else, meanwhile
        reverse(use_id, request, at=at)
    return False


def _request(intent: BookingIntent, by: Answerer) -> Request:
    return Request(f"booking:{intent.pk}", by.actor)


def _waiting(intent_id: UUID, *, at: datetime) -> "QuerySet[BookingIntent]":
    return BookingIntent.objects.filter(pk=intent_id, state=BookingState.ASKED, expires_at__gt=at)


@transaction.atomic
def _note(intent_id: UUID, state: BookingState, *, at: datetime, by: Answerer) -> bool:
    if not _waiting(intent_id, at=at).update(state=state, answered_at=at):
        return False
    intent = BookingIntent.objects.get(pk=intent_id)
    price = intent.price_centavos - intent.discount_centavos
    data = {"property": str(intent.property_id), "centavos": price, "by": by.actor}
    audit.record(f"promotions.booking.{VERBS[state]}", intent, actor=by.user, data=data)
    return True
