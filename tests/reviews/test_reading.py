"""Reviews are read page by page: new ones, changed ones, those that are gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.clients.google import LOCATIONS, REVIEWS
from reviews.enums import ConnectionState, Erasure, LocationState, Refusal, RunKind, RunState
from reviews.models import Connection, ImportRun, Location, Review
from reviews.rules.slots import NEWEST_EVERY, SWEEP_EVERY
from reviews.services import erasing, reading, storing
from tests.conftest import execute_as_owner
from tests.fakes.google import Fault, Reply
from tests.fakes.google.faults import HTML, Queue, busy, down, error
from tests.reviews.houses import connect, say, stored, tied, truth

pytestmark = pytest.mark.django_db

PERSONAL = [
    "original",
    "translation",
    "raw",
    "author",
    "media",
    "reply_original",
    "reply_translation",
    "reply_raw",
]


class Killed(BaseException):
    """The process ended here."""


@pytest.fixture
def place(google):
    return google.add_location("10")


@pytest.fixture
def location(place, google, lua_scope):
    connect(google, "1", "2")
    return tied(google)


def read(location):
    reading.read(location_id=str(location.pk))
    location.refresh_from_db()
    return location.runs.latest("started_at")


def sweep(location, clock):
    clock.pass_(days=7)
    return read(location)


def due_again(location):
    now = timezone.now()
    Location.objects.filter(pk=location.pk).update(newest_due_at=now, rests_until=None)


def test_a_first_reading_is_of_all(location, place):
    say(place, *map(str, range(120)))

    run = read(location)

    assert stored(location) == truth(place)
    assert (run.kind, run.state, run.is_complete) == (RunKind.SWEEP, RunState.DONE, True)
    assert (run.pages, run.read, run.new) == (4, 170, 120)
    assert location.total == 120
    assert timezone.now() < location.newest_due_at <= timezone.now() + NEWEST_EVERY
    assert timezone.now() < location.sweep_due_at <= timezone.now() + SWEEP_EVERY


def test_a_location_without_reviews_is_read_as_one(location):
    assert read(location).state == RunState.DONE
    assert location.total == 0


def test_the_newest_are_read_until_all_of_a_page_is_known(location, place, google, clock):
    say(place, *map(str, range(200)))
    read(location)
    clock.pass_(hours=1)
    say(place, *(f"new {number}" for number in range(55)))
    due_again(location)
    before = google.calls[REVIEWS]

    run = read(location)

    assert (run.kind, run.new) == (RunKind.NEWEST, 55)
    assert google.calls[REVIEWS] - before == 3
    assert stored(location) == truth(place)


def test_what_changes_comes_first_and_is_changed(location, place, clock):
    say(place, *map(str, range(80)))
    read(location)
    clock.pass_(hours=1)
    place.reviews["3"].original, place.reviews["3"].stars = "Mudei de ideia", "ONE"
    place.reviews["3"].updated = timezone.now()
    due_again(location)

    assert read(location).changed == 1
    assert stored(location) == truth(place)


def test_a_reply_that_changes_nothing_else_is_found_by_a_sweep(location, place, clock):
    say(place, *map(str, range(80)))
    read(location)
    place.reviews["3"].reply = Reply("Obrigado!", timezone.now())

    sweep(location, clock)

    assert stored(location) == truth(place)


def test_a_worker_that_dies_anywhere_loses_and_doubles_nothing(location, place, clock, monkeypatch):
    say(place, *map(str, range(220)))
    whole = storing.store
    for deaths in range(6):
        with monkeypatch.context() as patched:
            calls = []

            def dies(*args, calls=calls, last=deaths % 3, **kwargs):
                stored = whole(*args, **kwargs)
                calls.append(1)
                if len(calls) > last:
                    raise Killed
                return stored

            patched.setattr(reading, "store", dies)
            with pytest.raises(Killed):
                read(location)
        clock.pass_(minutes=6)  # until then it may still be at it

    read(location)

    assert stored(location) == truth(place)
    assert Review.objects.count() == 220
    assert set(ImportRun.objects.values_list("state", flat=True)) <= {"broken_off", "done"}


def test_nobody_begins_while_somebody_is_at_it(location, place, clock, google):
    Location.objects.update(rests_until=timezone.now() + timedelta(minutes=1))
    before = google.calls[REVIEWS]
    reading.read(location_id=str(location.pk))

    assert google.calls[REVIEWS] == before


def test_whoever_was_overtaken_writes_nothing(location, place, monkeypatch):
    say(place, *map(str, range(60)))

    def overtaken(*args, **kwargs):
        ImportRun.objects.update(pages=7)
        return whole(*args, **kwargs)

    whole = reading.own
    monkeypatch.setattr(reading, "own", overtaken)
    reading.read(location_id=str(location.pk))

    assert not Review.objects.exists()


def test_an_old_page_token_begins_the_reading_anew(location, place, clock, google):
    say(place, *map(str, range(120)))
    google.faults = Queue([Fault(0), *[down()] * 3])
    read(location)
    google.faults = None
    clock.pass_(minutes=30)

    read(location)

    assert stored(location) == truth(place)
    assert set(ImportRun.objects.values_list("state", flat=True)) == {"broken_off", "done"}


def test_rows_that_shift_while_pages_are_read_are_neither_lost_nor_gone(
    location, place, google, clock
):
    say(place, *map(str, range(160)))
    read(location)
    clock.pass_(days=7)
    changes = iter(range(1000))

    def shifts(there):
        number = next(changes)
        google.delete(there, min(there.reviews, key=int))
        say(there, str(1000 + number))

    google.between_pages.append(shifts)
    read(location)
    google.between_pages.clear()
    alive = set(place.reviews)
    kept = set(Review.objects.exclude(erasure=Erasure.GONE).values_list("key", flat=True))

    assert not alive & set(
        Review.objects.filter(erasure=Erasure.GONE).values_list("key", flat=True)
    )
    sweep(location, clock)
    sweep(location, clock)
    assert stored(location) == truth(place)
    assert alive <= kept | set(place.reviews)


def test_what_google_calls_gone_is_erased(location, place, google, clock):
    say(place, "a", "b")
    read(location)
    google.delete(place, "a")

    run = sweep(location, clock)

    gone = Review.objects.get(key="a")
    assert (gone.erasure, run.gone) == (Erasure.GONE, 1)
    assert not any(getattr(gone, name) for name in PERSONAL)
    assert stored(location) == truth(place)


def test_too_many_to_ask_for_go_at_the_second_absence(location, place, google, clock):
    say(place, *map(str, range(60)))
    read(location)
    for key in map(str, range(50)):
        google.delete(place, key)

    sweep(location, clock)
    assert Review.objects.filter(erasure=Erasure.GONE).count() == 20
    missed = Review.objects.filter(absences=1, erasure=Erasure.NONE)
    assert missed.count() == 30
    assert missed.showable().count() == 0

    sweep(location, clock)
    assert stored(location) == truth(place)
    assert Review.objects.filter(erasure=Erasure.GONE).count() == 50


def test_a_sweep_that_one_review_contradicts_proves_nothing(location, place, google, clock):
    """Google answers as if there were nothing, for once."""
    say(place, *map(str, range(60)))
    read(location)
    google.faults = Queue([Fault(200, b"{}")] * 2)

    sweep(location, clock)

    assert stored(location) == truth(place)


def test_a_count_that_disagrees_takes_nothing_for_gone(location, place, google, clock):
    say(place, *map(str, range(60)))
    read(location)
    Review.objects.filter(key="3").update(last_seen_at=timezone.now() - timedelta(days=1))
    half = b'{"reviews": [], "totalReviewCount": 60}'
    google.faults = Queue([Fault(200, half)] * 2)

    run = sweep(location, clock)

    assert not run.is_complete
    assert Review.objects.filter(absences=0, erasure=Erasure.NONE).count() == 60


def test_what_comes_back_is_shown_again(location, place, google, clock):
    say(place, "a", "b")
    read(location)
    back = place.reviews["a"]
    google.delete(place, "a")
    sweep(location, clock)
    Review.objects.filter(key="a").update(is_featured=True)
    place.reviews["a"] = back

    sweep(location, clock)

    assert stored(location) == truth(place)
    assert Review.objects.get(key="a").is_featured


def test_a_location_that_moves_keeps_its_reviews(location, place, google, clock):
    say(place, *map(str, range(60)))
    read(location)
    google.delete(place, "7")
    google.move(place, "2")

    sweep(location, clock)
    assert location.state == LocationState.LOST
    assert not Review.objects.filter(erasure=Erasure.GONE).exists()
    read(location)

    assert (location.account, location.state) == ("accounts/2", LocationState.FINE)
    assert stored(location) == truth(place)
    assert Review.objects.count() == 60


def test_a_move_while_missing_ones_are_asked_for_makes_none_of_them_gone(
    location, place, google, clock, monkeypatch
):
    say(place, "a", "b", "c")
    read(location)
    google.delete(place, "a")
    whole = reading.sweeping.check_missing

    def moved(*args):
        google.move(place, "2")
        whole(*args)

    monkeypatch.setattr(reading.sweeping, "check_missing", moved)
    sweep(location, clock)

    assert not Review.objects.filter(erasure=Erasure.GONE).exists()


def test_a_location_that_moves_out_of_sight_is_looked_for_once_a_day(
    location, place, google, clock
):
    say(place, "a")
    read(location)
    google.move(place, "99")

    for _hour in range(24 * 10):
        due_again_if_rested(location)
        read(location)
        clock.pass_(hours=1)

    assert (location.state, location.refusal) == (LocationState.LOST, Refusal.MISSING)
    assert google.calls[LOCATIONS] <= 2 * 11 + 2


def due_again_if_rested(location):
    Location.objects.filter(pk=location.pk).update(newest_due_at=timezone.now())


@pytest.mark.parametrize(
    ("fault", "hours"),
    [
        (Fault(403, error(403, "PERMISSION_DENIED", "", "Location is not verified")), 24),
        (Fault(404, HTML), 1),
        (busy(after=1800), 0.5),
    ],
)
def test_after_a_refusal_a_location_rests(location, google, clock, fault, hours):
    google.faults = Queue([fault])
    read(location)
    before = google.calls[REVIEWS]
    clock.pass_(hours=hours - 0.1)
    reading.read(location_id=str(location.pk))
    assert google.calls[REVIEWS] == before

    clock.pass_(hours=0.2)
    assert read(location).state == RunState.DONE


def test_a_refusal_is_said_where_editors_see_it_until_it_is_over(location, place, google, clock):
    place.is_verified = False
    read_state(location)
    assert (location.state, location.refusal) == (LocationState.REFUSED, Refusal.UNVERIFIED)

    place.is_verified = True
    clock.pass_(hours=25)
    read_state(location)
    assert (location.state, location.refusal) == (LocationState.FINE, Refusal.NONE)


def read_state(location):
    reading.read(location_id=str(location.pk))
    location.refresh_from_db()


def test_an_api_that_is_off_is_the_company_s_matter(location, google, clock):
    google.is_enabled = False
    read_state(location)
    assert Connection.objects.get().state == ConnectionState.REFUSED
    assert location.state == LocationState.FINE

    google.is_enabled = True
    clock.pass_(hours=25)
    read_state(location)
    assert Connection.objects.get().state == ConnectionState.CONNECTED


def test_a_consent_that_was_taken_back_asks_for_another_and_nothing_else(
    location, place, google, clock
):
    say(place, "a")
    read(location)
    google.revoke(next(iter(google.grants)))
    clock.pass_(hours=2)
    due_again(location)
    read_state(location)
    assert Connection.objects.get().state == ConnectionState.EXPIRED

    before = sum(google.calls.values())
    clock.pass_(days=1)
    due_again(location)
    read_state(location)
    assert sum(google.calls.values()) == before


def test_an_unknown_rating_is_kept_and_not_shown(location, place):
    say(place, "a")
    say(place, "b", stars="SIX")

    read(location)

    assert stored(location) == truth(place)
    assert list(Review.objects.all().showable().values_list("key", flat=True)) == ["a"]


def test_text_ends_thirty_days_after_google_last_had_it(location, place, clock, settings):
    say(place, "a", "b")
    read(location)

    clock.pass_(days=29)
    assert erasing.expire(at=timezone.now()) == 0
    clock.pass_(days=1)
    assert erasing.expire(at=timezone.now()) == 2

    assert Review.objects.filter(erasure=Erasure.EXPIRED).count() == 2
    columns = " || ".join(f"{name}::text" for name in PERSONAL)
    rows = execute_as_owner(f"SELECT {columns} FROM reviews_review")
    assert {row[0] for row in rows} == {"[]"}


def test_what_was_asked_before_does_not_overwrite_what_was_asked_later(location, place, clock):
    say(place, "a")
    asked_at = timezone.now()
    old = reading.google().reviews(location.parent).reviews
    clock.pass_(minutes=1)
    place.reviews["a"].original, place.reviews["a"].updated = "Mudei", timezone.now()
    read(location)

    storing.store(location, old, asked_at=asked_at)

    assert stored(location) == truth(place)
