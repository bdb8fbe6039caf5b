"""What Google may answer, and what the client makes of it."""

import logging
from datetime import UTC, datetime

import pytest

from reviews.clients import http, oauth, pace
from reviews.clients.google import REVIEWS
from reviews.enums import Refusal
from reviews.google.outcomes import (
    BadRequest,
    Disconnected,
    Gone,
    Later,
    Refused,
    Unavailable,
    WrongAddress,
)
from reviews.models import HostPause
from tenancy.context import PLATFORM_ID, tenant_scope
from tests.fakes.google import Fault, Review
from tests.fakes.google.faults import HTML, Queue, busy, down, error, garbage

pytestmark = pytest.mark.django_db

PARENT = "accounts/1/locations/10"


@pytest.fixture
def location(google):
    return google.add_location("10")


def say(location, *keys):
    for number, key in enumerate(keys):
        at = datetime(2026, 10, 1, 12, number % 60, tzinfo=UTC)
        location.reviews[key] = Review(key, original=f"Texto {key}", created=at, updated=at)


def goes_wrong(google, *faults):
    google.faults = Queue(list(faults))


def test_accounts_and_locations_are_listed_page_by_page(google, client):
    for number in range(130):
        google.add_location(str(number), account=str(number % 25))
    one = client(*map(str, range(25)))

    assert len(list(one.accounts())) == 25
    assert len(list(one.locations("accounts/3"))) == 6


def test_a_location_is_read_page_by_page_the_newest_first(location, client):
    say(location, *map(str, range(120)))
    one, token, read = client("1"), "", []
    while True:
        page = one.reviews(PARENT, token=token)
        read += page.reviews
        token = page.next_token
        if not token:
            break

    assert len(read) == page.total == 120
    assert read == sorted(read, key=lambda each: each.changed_at, reverse=True)


def test_a_location_without_reviews_has_a_page_without(location, client):
    assert client("1").reviews(PARENT).reviews == ()


def test_a_token_of_a_page_that_is_old_is_a_bad_request(location, client, clock):
    say(location, *map(str, range(60)))
    one = client("1")
    token = one.reviews(PARENT).next_token
    clock.pass_(minutes=11)

    with pytest.raises(BadRequest):
        one.reviews(PARENT, token=token)


def test_what_is_not_there_is_gone(location, client):
    with pytest.raises(Gone):
        client("1").review(f"{PARENT}/reviews/unknown")


def test_a_404_in_html_is_an_address_that_is_wrong(location, client, google):
    goes_wrong(google, Fault(404, HTML))

    with pytest.raises(WrongAddress):
        client("1").reviews(PARENT)


@pytest.mark.parametrize(
    ("reason", "message", "refusal"),
    [
        ("SERVICE_DISABLED", "It is disabled.", Refusal.DISABLED),
        ("", "Location is not verified", Refusal.UNVERIFIED),
        ("", "The caller does not have permission", Refusal.FORBIDDEN),
    ],
)
def test_a_refusal_says_why_and_is_not_tried_again(
    location, client, google, reason, message, refusal
):
    goes_wrong(google, Fault(403, error(403, "PERMISSION_DENIED", reason, message)))
    before = google.calls[REVIEWS]

    with pytest.raises(Refused) as refused:
        client("1").reviews(PARENT)

    assert refused.value.refusal == refusal
    assert google.calls[REVIEWS] == before + 1


def test_a_token_that_is_over_is_renewed_once(location, client, google):
    one, tokens = client("1"), []
    one._token = lambda fresh: tokens.append(fresh) or google.new_access(next(iter(google.grants)))
    goes_wrong(google, Fault(401, error(401, "UNAUTHENTICATED")))

    one.reviews(PARENT)
    assert tokens == [False, True]

    goes_wrong(google, *[Fault(401, error(401, "UNAUTHENTICATED"))] * 2)
    with pytest.raises(Disconnected):
        one.reviews(PARENT)


def test_a_consent_that_was_taken_back_is_over(google, client):
    refresh = google.grant("1")
    assert oauth.refresh(refresh).token
    google.revoke(refresh)

    with pytest.raises(Disconnected):
        oauth.refresh(refresh)


@pytest.mark.parametrize(
    "fault", [down(500), down(502), down(503), down(504), Fault(drops=True), garbage()]
)
def test_what_may_pass_is_tried_again(location, client, google, fault):
    goes_wrong(google, fault, fault)

    assert client("1").reviews(PARENT).reviews == ()
    assert google.calls[REVIEWS] == 3


def test_what_does_not_pass_ends(location, client, google):
    goes_wrong(google, *[down()] * 3)

    with pytest.raises(Unavailable):
        client("1").reviews(PARENT)
    assert google.calls[REVIEWS] == 3


def test_a_host_that_fails_again_and_again_is_left_alone(location, client, google, clock):
    goes_wrong(google, *[down()] * 50)
    one = client("1")
    for _each in range(20):
        with pytest.raises((Unavailable, Later)):
            one.reviews(PARENT)
    assert google.calls[REVIEWS] == http.FAILURES

    google.faults = None
    clock.pass_(seconds=http.REST + 1)
    assert one.reviews(PARENT).reviews == ()


def test_too_many_requests_are_followed_by_silence_as_long_as_google_says(
    location, client, google, clock
):
    goes_wrong(google, busy(after=90))
    one = client("1")
    for _each in range(100):
        with pytest.raises(Later):
            one.reviews(PARENT)
    assert google.calls[REVIEWS] == 1

    clock.pass_(seconds=89)
    with pytest.raises(Later) as later:
        one.reviews(PARENT)
    assert later.value.seconds == pytest.approx(1, abs=0.1)
    clock.pass_(seconds=2)
    assert one.reviews(PARENT).reviews == ()


def test_without_a_hint_each_silence_in_a_row_may_be_longer(location, client, google, clock):
    one, most = client("1"), []
    for _each in range(8):
        goes_wrong(google, busy())
        with pytest.raises(Later) as later:
            one.reviews(PARENT)
        most.append(later.value.seconds)
        clock.pass_(seconds=later.value.seconds + 1)
    with tenant_scope(PLATFORM_ID):
        assert HostPause.objects.get(host=REVIEWS).strikes == 8
    assert most[0] <= 5

    one.reviews(PARENT)
    with tenant_scope(PLATFORM_ID):
        assert HostPause.objects.get(host=REVIEWS).strikes == 0


def test_questions_leave_evenly_and_stay_within_the_quota(location, client, google, clock):
    one, began = client("1"), clock.pass_(seconds=0)
    for _each in range(600):
        one.reviews(PARENT)
    lasted = (clock.pass_(seconds=0) - began).total_seconds()

    assert google.over_quota[REVIEWS] == 0
    assert google.busiest[REVIEWS] <= 245
    assert 600 * pace.space() == pytest.approx(lasted, abs=2)


def test_a_turn_that_is_far_away_is_not_waited_for(location, client, google, settings):
    settings.GOOGLE_QUOTA = 5
    one = client("1")
    one.reviews(PARENT)
    for _each in range(4):
        one.reviews(PARENT)
    with pytest.raises(Later):
        one.reviews(PARENT)

    assert google.over_quota[REVIEWS] == 0


def test_without_redis_nobody_asks(location, client, google, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    with pytest.raises(Later):
        client("1").reviews(PARENT)
    assert google.calls[REVIEWS] == 0


def test_an_answer_that_takes_too_long_is_none(location, client, google, monkeypatch):
    monkeypatch.setattr(http, "TIMEOUT", (1, 0.05))
    goes_wrong(google, *[Fault(slow=0.3)] * 3)

    with pytest.raises(Unavailable):
        client("1").reviews(PARENT)


def test_no_log_has_a_guest_s_words_or_a_token(location, client, google, caplog):
    caplog.set_level(logging.DEBUG)
    say(location, "a")
    goes_wrong(google, down(), busy(after=1))
    one = client("1")
    with pytest.raises(Later):
        one.reviews(PARENT)

    assert "Texto" not in caplog.text
    assert "ya29" not in caplog.text
