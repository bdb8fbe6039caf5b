"""A use that is reserved goes with one wish, for the stay for which it was reserved."""

from datetime import timedelta
from uuid import UUID

import pytest

from promotions.enums import BookingState, UseState
from promotions.models import BookingIntent, CouponUse
from promotions.services import booking
from promotions.services.booking import Answerer
from tenancy.models import AuditEntry
from tests.api.calling import NOON, fields, post
from tests.promotions.spending.counting import mistakes

pytestmark = pytest.mark.django_db

STAY = {"suite_type": "loft", "period": "2h"}
BY = Answerer("device:balcao")
SOON = NOON + timedelta(minutes=1)


def book(reservation: str, **stay: object):
    return post("bookings", {"stay": {**STAY, **stay}, "reservation": reservation})


def reserve(**stay: object) -> str:
    key = {"idempotency_key": "0b9d6a8e-5c1f-4c55-9a43-2f6f5d1a7c11"}
    answer = post("coupons/reservations", {"code": "brinde-20", "stay": {**STAY, **stay}}, **key)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


@pytest.fixture
def held(motel, shared) -> str:
    return reserve()


@pytest.fixture
def intent(held) -> BookingIntent:
    assert book(held).status_code == 201
    return BookingIntent.objects.get()


def state_of(use_id: str | UUID) -> str:
    return str(CouponUse.objects.get(pk=use_id).state)


def centavos() -> list[int]:
    """Return what the audit says of each booking that was confirmed."""
    found = AuditEntry.objects.filter(action="promotions.booking.confirm")
    return [each.data["centavos"] for each in found]


def test_whoever_asks_again_gets_the_same_booking(motel, held):
    references = {book(held).json()["reference"] for _each in range(3)}

    assert len(references) == BookingIntent.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"period": "pernoite", "arrival": "2026-06-12T23:00:00-03:00"},
        {"arrival": (NOON + timedelta(days=2)).isoformat()},
        {"arrival": (NOON + timedelta(minutes=2)).isoformat()},
    ],
    ids=["stay", "day", "minute"],
)
def test_a_reservation_is_of_its_own_stay_alone(motel, held, other):
    assert fields(book(held, **other)) == [("body.reservation", "other_stay")]
    assert not BookingIntent.objects.exists()


def test_the_price_is_what_was_reserved_whatever_else_is_asked_for(motel, shared):
    held = reserve(extra_hours=0)

    said = book(held, people=2).json()

    assert (said["price"]["minor"], said["discount"]["minor"]) == (7600, 1520)


def test_a_reservation_for_later_brings_its_arrival_along(motel, shared):
    later = (NOON + timedelta(days=2)).isoformat()
    held = reserve(arrival=later)

    assert book(held).json()["arrival"] == book(held, arrival=later).json()["arrival"]
    assert BookingIntent.objects.get().arrival == NOON + timedelta(days=2)


def test_confirming_spends_it_once_and_counts_the_discount(intent):
    assert booking.answer(intent.pk, BookingState.CONFIRMED, at=SOON, by=BY)
    assert not booking.answer(intent.pk, BookingState.CONFIRMED, at=SOON, by=BY)

    assert (state_of(intent.use_id), centavos()) == (UseState.SPENT, [6080])
    assert not mistakes()


def test_declining_gives_it_back(intent):
    assert booking.answer(intent.pk, BookingState.DECLINED, at=SOON, by=BY)

    assert state_of(intent.use_id) == UseState.CANCELLED
    assert not mistakes()


def test_a_hold_that_is_over_takes_nothing_off(intent):
    late = NOON + timedelta(hours=1)

    assert booking.answer(intent.pk, BookingState.CONFIRMED, at=late, by=BY)

    intent.refresh_from_db()
    assert (intent.discount_centavos, centavos()) == (0, [7600])
    assert state_of(intent.use_id) == UseState.EXPIRED


def test_who_confirms_while_another_declines_leaves_nothing_spent(intent, monkeypatch):
    plain = booking.commit

    def declined_meanwhile(*args, **kwargs):
        done = plain(*args, **kwargs)
        BookingIntent.objects.update(state=BookingState.DECLINED, answered_at=SOON)
        return done

    monkeypatch.setattr(booking, "commit", declined_meanwhile)

    assert not booking.answer(intent.pk, BookingState.CONFIRMED, at=SOON, by=BY)
    assert (state_of(intent.use_id), centavos()) == (UseState.REVERSED, [])
    assert not mistakes()


def test_what_a_killed_process_has_spent_is_counted_when_it_is_done_again(intent, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(booking, "_note", _killed)
        with pytest.raises(KeyboardInterrupt):
            booking.answer(intent.pk, BookingState.CONFIRMED, at=SOON, by=BY)

    assert booking.answer(intent.pk, BookingState.CONFIRMED, at=SOON, by=BY)
    assert (state_of(intent.use_id), centavos()) == (UseState.SPENT, [6080])


def _killed(*args, **kwargs):
    raise KeyboardInterrupt
