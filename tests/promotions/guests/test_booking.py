"""Wishes to come: said by guests, answered by the house, once and in time."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from promotions.enums import BookingState
from promotions.models import BookingIntent, CouponUse
from promotions.rules.codes import ALPHABET, is_well_formed
from promotions.services import booking
from promotions.services.booking import Answerer
from tenancy.models import AuditEntry, User
from tests.api.calling import NOON, fields, post, problem

pytestmark = pytest.mark.django_db

STAY = {"suite_type": "loft", "period": "2h"}


def book(**more: object):
    return post("bookings", {"stay": STAY, **more})


def test_a_wish_has_a_reference_a_price_and_nothing_of_who_comes(motel):
    answer = book()

    said = answer.json()
    assert answer.status_code == 201, said
    assert set(said["reference"]) <= set(ALPHABET)
    assert is_well_formed(said["reference"], symbols=booking.SYMBOLS)
    assert (said["state"], said["price"]["minor"], said["total"]["minor"]) == ("asked", 7600, 7600)
    assert said["expires_at"] == "2026-06-10T00:00:00-03:00"
    intent = BookingIntent.objects.get()
    assert (intent.reference, intent.property_id) == (said["reference"], motel.pk)


def test_a_code_takes_off_what_it_gives_and_is_not_kept(motel, shared):
    said = book(code="brinde-20").json()

    assert (said["discount"]["minor"], said["total"]["minor"]) == (1520, 6080)
    assert "BRINDE" not in str(vars(BookingIntent.objects.get())).upper()
    assert not CouponUse.objects.exists()


def test_a_code_that_does_not_hold_says_why_and_the_wish_stands(motel):
    said = book(code="nada").json()

    assert (said["discount"]["minor"], said["total"]["minor"]) == (0, 7600)
    assert [each["code"] for each in said["reasons"]] == ["NOT_FOUND"]


def test_a_reserved_use_goes_with_the_wish(motel, shared):
    key = {"idempotency_key": "0b9d6a8e-5c1f-4c55-9a43-2f6f5d1a7c11"}
    held = post("coupons/reservations", {"code": "brinde-20", "stay": STAY}, **key).json()

    assert book(reservation=held["id"]).json()["discount"]["minor"] == 1520
    assert str(BookingIntent.objects.get().use_id) == held["id"]
    unknown = book(reservation="0b9d6a8e-5c1f-4c55-9a43-2f6f5d1a7c11")
    assert fields(unknown) == [("body.reservation", "unknown")]


def test_words_that_the_house_has_not_are_wrong(motel):
    assert fields(post("bookings", {"stay": {**STAY, "period": "9h"}})) == [
        ("body.stay.period", "unknown")
    ]


def test_tries_are_counted(motel):
    statuses = [book().status_code for _try in range(61)]

    assert statuses == [201] * 60 + [429]
    assert problem(book()) == (429, "too_many_attempts")


@pytest.fixture
def intent(motel) -> BookingIntent:
    book()
    return BookingIntent.objects.get()


@pytest.mark.parametrize(
    ("state", "verb"),
    [(BookingState.CONFIRMED, "confirm"), (BookingState.DECLINED, "decline")],
)
def test_the_house_answers_once_and_it_is_on_record(intent, state, verb):
    actor = User.objects.first()
    assert booking.answer(intent.pk, state, at=NOON, by=Answerer.person(actor))
    assert not booking.answer(intent.pk, BookingState.DECLINED, at=NOON, by=Answerer.person(actor))

    intent.refresh_from_db()
    assert (intent.state, intent.answered_at) == (state, NOON)
    event = AuditEntry.objects.get(action=f"promotions.booking.{verb}")
    by = f"user:{actor.pk}"
    assert event.data == {"property": str(intent.property_id), "centavos": 7600, "by": by}


def test_after_its_time_nobody_answers(intent):
    late = intent.expires_at
    actor = User.objects.first()

    assert not booking.answer(intent.pk, BookingState.CONFIRMED, at=late, by=Answerer.person(actor))
    intent.refresh_from_db()
    assert intent.state == BookingState.ASKED


def test_a_manager_confirms_in_the_list(intent, lua, staff):
    address = reverse("promotions_bookings")
    client = staff(lua, "manager")

    assert intent.reference in client.get(address).content.decode()
    response = client.post(address, {"booking": str(intent.pk), "state": "confirmed"})
    assert response.status_code == 302
    intent.refresh_from_db()
    assert intent.state == BookingState.CONFIRMED
    assert client.post(address, {"booking": "x", "state": "confirmed"}).status_code == 400
    assert client.post(address, {"booking": str(intent.pk), "state": "asked"}).status_code == 400
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert "Confirmado" in client.get(address).content.decode()


def test_an_editor_sees_no_wishes(intent, lua, staff):
    assert staff(lua, "editor").get(reverse("promotions_bookings")).status_code in {302, 403}
