"""Google's notifications: checked, taken up once, and believed in nothing."""

import json
from base64 import b64encode, urlsafe_b64encode

import pytest
from joserfc.jwk import KeySet, RSAKey

from reviews.clients import keys
from reviews.clients.google import REVIEWS
from reviews.google.notifications import NotANotification, Notification, read
from reviews.models import Location, SeenNotification
from reviews.services import notifying, reading
from tenancy.context import PLATFORM_ID, tenant_scope
from tests.fakes.google.pubsub import ACCOUNT, AUDIENCE, Push, delivered, push, token
from tests.reviews.houses import connect, say, stored, tied, truth

pytestmark = pytest.mark.django_db

ADDRESS = "/avisos/google"


@pytest.fixture(autouse=True)
def _subscription(settings, google):
    keys.forget()
    settings.GOOGLE_PUSH_AUDIENCE, settings.GOOGLE_PUSH_ACCOUNT = AUDIENCE, ACCOUNT
    yield
    keys.forget()


@pytest.fixture
def place(google, lua):
    place = google.add_location("10")
    say(place, "a")
    with tenant_scope(lua):
        connect(google, "1")
        reading.read(location_id=str(tied(google).pk))
    return place


@pytest.fixture
def send(guest):
    def post(each, host="painel.localhost"):
        return guest(host).post(
            ADDRESS,
            each.body,
            content_type="application/json",
            HTTP_AUTHORIZATION=each.authorization,
        )

    return post


def test_a_notification_brings_the_review(google, place, send, lua):
    say(place, "b")

    assert send(push(google, place, "b", "1")).status_code == 204

    with tenant_scope(lua):
        assert stored(Location.objects.get()) == truth(place)


def test_what_comes_twice_or_in_another_order_is_taken_up_once(google, place, send, lua):
    say(place, *map(str, range(8)))
    pushes = [push(google, place, str(number), f"id {number}") for number in range(8)]
    before = google.calls[REVIEWS]

    assert {send(each).status_code for each in delivered(pushes, seed=1)} == {204}

    assert google.calls[REVIEWS] - before == 8
    with tenant_scope(lua):
        assert stored(Location.objects.get()) == truth(place)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://elsewhere.example"},
        {"iss": "https://elsewhere.example"},
        {"email": "somebody@else.example"},
        {"email_verified": False},
        {"exp": 1},
    ],
)
def test_a_token_for_anything_else_is_refused(google, place, send, claims):
    each = push(google, place, "a", "1")
    refused = Push(each.body, f"Bearer {token(google, **claims)}")

    assert send(refused).status_code == 401


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer a.b.c", "Basic eDp5"])
def test_without_a_token_nothing_is_read(google, place, send, authorization):
    each = push(google, place, "a", "1")

    assert send(Push(each.body, authorization)).status_code == 401
    with tenant_scope(PLATFORM_ID):
        assert not SeenNotification.objects.exists()


def test_a_token_that_others_signed_is_refused_and_does_not_have_google_asked_each_time(
    google, place, send
):
    each = push(google, place, "a", "1")
    send(each)
    ours = google.keys
    google.keys = KeySet([RSAKey.generate_key(2048, parameters={"kid": "other", "use": "sig"})])
    forged = f"Bearer {token(google)}"
    google.keys = ours
    before = google.calls["www.googleapis.com"]

    for _each in range(5):
        assert send(Push(each.body, forged)).status_code == 401
    assert google.calls["www.googleapis.com"] - before <= 1


def test_google_may_change_its_keys(google, place, send, monkeypatch):
    send(push(google, place, "a", "1"))
    google.keys = KeySet([RSAKey.generate_key(2048, parameters={"kid": "next", "use": "sig"})])
    monkeypatch.setattr(keys, "_new", {})

    assert send(push(google, place, "a", "2")).status_code == 204


def test_other_hosts_know_no_such_address(google, place, send):
    each = push(google, place, "a", "1")

    assert send(each, host="lua.painel.localhost").status_code == 404
    assert send(each, host="lua.localhost").status_code == 404


def test_what_makes_no_sense_is_acknowledged_and_ignored(google, place, send):
    for body in (b"", b"[]", b'{"message": 3}', b'{"message": {"messageId": "1", "data": "%"}}'):
        assert (
            send(type(push(google, place, "a", "1"))(body, f"Bearer {token(google)}")).status_code
            == 204
        )


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"type": "NEW_REVIEW", "reviewName": "accounts/1/locations/10/reviews/x"}, "x"),
        ({"type": "UPDATED_REVIEW", "review_name": "accounts/1/locations/10/reviews/x"}, "x"),
        ({"type": "GOOGLE_UPDATE", "review_name": "accounts/1/locations/10/reviews/x"}, ""),
        ({"type": "NEW_REVIEW", "review_name": "https://evil.example/x"}, ""),
        ({"type": "NEW_REVIEW", "review_name": "accounts/1/locations/10/reviews/x?a=1"}, ""),
        ({"type": "NEW_REVIEW", "review_name": "accounts/1/locations/10/reviews/x\0"}, ""),
        ({"type": "NEW_REVIEW"}, ""),
    ],
)
def test_only_reviews_are_hinted_at(said, key):
    data = b64encode(json.dumps(said).encode()).decode()
    body = json.dumps({"message": {"messageId": "7", "data": data}}).encode()

    assert read(body) == Notification("7", "locations/10" if key else "", key)


def test_no_error_says_what_was_sent():
    with pytest.raises(NotANotification) as error:
        read(b'{"secret": "words"}')
    assert "words" not in str(error.value)


def test_notifications_are_forgotten_when_nobody_repeats_them(google, place, send, clock):
    send(push(google, place, "a", "1"))
    clock.pass_(days=7)
    assert notifying.forget(at=clock.pass_(seconds=0)) == 0
    assert notifying.forget(at=clock.pass_(days=2)) == 1


@pytest.mark.parametrize(
    "head", [b'{"alg":"RS256","crit":1}', b'{"alg":[]}', b"[]", b"[" * 3000, b"\xff"]
)
def test_a_token_that_is_odd_json_is_none(google, send, head):
    forged = f"Bearer {urlsafe_b64encode(head).rstrip(b'=').decode()}.e30.AA"

    assert send(Push(b"{}", forged)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 60_000,
        json.dumps({"message": {"messageId": "a\0b"}}).encode(),
        json.dumps({"message": {"messageId": "\ud800"}}).encode(),
        json.dumps({"message": {"messageId": "1" * 81}}).encode(),
    ],
)
def test_what_no_table_can_keep_is_acknowledged_and_ignored(google, send, body):
    assert send(Push(body, f"Bearer {token(google)}")).status_code == 204
    with tenant_scope(PLATFORM_ID):
        assert not SeenNotification.objects.exists()
