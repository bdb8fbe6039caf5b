"""Somebody consents anew, or takes it back, while a worker still has the old tokens in hand."""

import json

import pytest
from django.utils import timezone

from privacy import secrets
from privacy.models import Secret
from reviews.clients import oauth
from reviews.clients.google import Google
from reviews.enums import ConnectionState, LocationState, Sending
from reviews.models import Connection, Location, Review
from reviews.services import access, connecting, placing, reading, replying
from tests.fakes.google.faults import Fault, Queue, error
from tests.reviews.houses import connect, say, tied

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(google):
    place = google.add_location("10")
    say(place, "a")
    return place


@pytest.fixture
def location(place, google, lua_scope):
    connect(google, "1")
    location = tied(google)
    reading.read(location_id=str(location.pk))
    location.refresh_from_db()
    return location


@pytest.fixture
def consent(google, clock, monkeypatch):
    """Return what consents anew, a minute later, as the screen does."""

    def anew(*accounts):
        refresh = google.grant(*(accounts or ["1"]))
        given = oauth.Access(google.new_access(refresh), 3600, refresh, frozenset({oauth.SCOPE}))
        monkeypatch.setattr(oauth, "exchange", lambda *_args, **_more: given)
        at = clock.pass_(minutes=1)
        connecting.connect(code="1", verifier="1", redirect_uri="https://x.test", at=at)
        return given

    return anew


def slow(monkeypatch, module, name, happens):
    """Have something happen, once, between what Google does and when its answer is here."""
    real = getattr(module, name)

    def answer(*args, **given):
        monkeypatch.setattr(module, name, real)
        try:
            return real(*args, **given)
        finally:
            happens()

    monkeypatch.setattr(module, name, answer)


def read(location):
    Location.objects.update(newest_due_at=timezone.now(), rests_until=None)
    reading.read(location_id=str(location.pk))


def reply(location):
    review = Review.objects.get()
    now = timezone.now()
    Review.objects.update(sending=Sending.QUEUED, sending_text="x", sending_since=now)
    Review.objects.update(sending_at=now)
    replying.send(review_id=str(review.pk))


def relist(location):
    placing.relist(at=timezone.now())


@pytest.mark.parametrize("work", [read, reply, relist])
def test_a_late_no_to_old_tokens_does_not_end_a_new_consent(
    work, location, google, clock, consent, monkeypatch
):
    google.revoke(next(iter(google.grants)))
    clock.pass_(hours=2)
    slow(monkeypatch, oauth, "refresh", consent)

    work(location)

    assert Connection.objects.get().state == ConnectionState.CONNECTED
    work(location)
    assert Connection.objects.get().state == ConnectionState.CONNECTED
    assert Location.objects.get().rests_until is None
    assert location.reviews.get().sending in {Sending.NONE, Sending.WAITING}


@pytest.mark.parametrize("work", [read, reply, relist])
def test_a_consent_that_is_over_is_still_found_out(work, location, google, clock):
    google.revoke(next(iter(google.grants)))
    clock.pass_(hours=2)

    work(location)

    assert Connection.objects.get().state == ConnectionState.EXPIRED


def test_what_an_old_account_may_not_see_is_asked_again(location, google, consent, monkeypatch):
    google.faults = Queue([Fault(403, error(403, "PERMISSION_DENIED"))])
    slow(monkeypatch, Google, "reviews", consent)

    read(location)

    found = Location.objects.get()
    assert (found.state, found.rests_until) == (LocationState.FINE, None)


def test_a_late_token_does_not_take_a_new_one_s_place(
    location, google, clock, consent, monkeypatch
):
    clock.pass_(hours=2)
    given = []
    slow(monkeypatch, oauth, "refresh", lambda: given.append(consent("2")))

    read(location)

    assert json.loads(secrets.read(access.ACCESS))[0] == given[0].token


def test_a_late_token_is_not_kept_after_a_disconnection(location, clock, monkeypatch):
    clock.pass_(hours=2)
    slow(monkeypatch, oauth, "refresh", connecting.disconnect)

    read(location)

    assert not Secret.objects.exists()


def test_a_late_list_is_not_the_new_account_s(location, google, clock, consent, monkeypatch):
    slow(monkeypatch, Google, "locations", lambda: consent("2"))
    google.add_location("20", account="2", title="Outra")

    placing.relist(at=timezone.now())

    shown = Connection.objects.get()
    assert (shown.accounts, shown.listed_at) == ([], None)
    placing.relist(at=timezone.now())
    assert Connection.objects.get().accounts == ["Grupo 2"]


def test_replies_that_waited_for_a_new_consent_are_sent_with_it(location, google, clock, consent):
    google.revoke(next(iter(google.grants)))
    clock.pass_(hours=2)
    reply(location)
    assert Review.objects.get().sending_at == timezone.now() + replying.WHILE_DISCONNECTED

    consent()
    replying.send(review_id=str(Review.objects.get().pk))

    assert Review.objects.get().sending == Sending.WAITING


def test_tokens_that_cannot_be_read_are_a_consent_that_is_over(location):
    Secret.objects.update(sealed=b"x" * 60)

    read(location)
    assert Connection.objects.get().state == ConnectionState.EXPIRED

    connecting.disconnect()
    assert not Connection.objects.exists()
    assert not Secret.objects.exists()


def test_who_finds_a_location_again_leaves_what_the_house_decided_meanwhile(location):
    placing.tie(location=Location.objects.get(), house=None, at=timezone.now())

    assert location.property_id
    assert placing.find_again(location)
    assert Location.objects.get().property_id is None


def test_giving_an_old_consent_back_leaves_a_new_one(location, consent, monkeypatch):
    slow(monkeypatch, oauth, "revoke", consent)

    connecting.disconnect()

    assert Connection.objects.get().state == ConnectionState.CONNECTED
    assert Secret.objects.count() == 2
