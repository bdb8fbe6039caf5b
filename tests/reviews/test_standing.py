"""Late requests, other people on Google, and several who decide at once: the last word stands."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from reviews.clients.google import REVIEWS, Google
from reviews.enums import Problem, Sending
from reviews.models import Location, Reply
from reviews.rules.replies import digest, is_stray, is_told_by_reading
from reviews.services import reading, replying
from tenancy.models import AuditEntry
from tests.fakes.google import Reply as Said
from tests.fakes.google.faults import Always, Fault, Queue, down, error
from tests.isolation.bodies import forms_of
from tests.reviews.houses import THANKS, later, look, published

pytestmark = pytest.mark.django_db

OLD, NEW, THEIRS = "Primeira", "Segunda", "Escrita no Google"


def read_all(review):
    Location.objects.update(sweep_due_at=timezone.now())
    reading.read(location_id=str(review.location_id))
    review.refresh_from_db()
    return review.sending


def arrive(review, google, clock, text=THANKS):
    """Have a reply be sent, seen, and looked at once more."""
    google.reply_polls = 0
    reply = published(review, text)
    look(review)
    assert later(review, clock, minutes=5) == Sending.PUBLISHED
    assert later(review, clock, hours=2) == Sending.PUBLISHED
    assert review.sending_at is None
    return reply


def on_google(place, text, at):
    place.reviews["a"].reply = Said(text, at) if text else None


def words(place):
    reply = place.reviews["a"].reply
    return reply.comment if reply else None


@pytest.fixture
def slowly(review, monkeypatch):
    """Send what is due by a worker whose request takes so long that something happens first."""

    def send(meanwhile, verb="reply"):
        real = getattr(Google, verb)

        def slow(self, *given):
            monkeypatch.setattr(Google, verb, real)
            meanwhile()
            return real(self, *given)

        monkeypatch.setattr(Google, verb, slow)
        replying.send(review_id=str(review.pk))
        review.refresh_from_db()

    return send


# --- rules ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "seen", "is_told"),
    [
        (Sending.PUBLISHED, Sending.ABSENT, True),
        (Sending.PUBLISHED, Sending.REPLACED, True),
        (Sending.PUBLISHED, Sending.REJECTED, True),
        (Sending.PUBLISHED, Sending.WAITING, False),
        (Sending.REPLACED, Sending.PUBLISHED, True),
        (Sending.ABSENT, Sending.REPLACED, True),
        (Sending.WAITING, Sending.PUBLISHED, True),
        (Sending.WAITING, Sending.REPLACED, False),
        (Sending.FAILED, Sending.PUBLISHED, True),
        (Sending.FAILED, Sending.ABSENT, False),
        (Sending.REJECTED, Sending.REPLACED, False),
        (Sending.NONE, Sending.REPLACED, False),
    ],
)
def test_readings_tell_what_becomes_of_a_reply(now, seen, is_told):
    assert is_told_by_reading(now, seen) == is_told


def test_old_words_are_late_for_a_day_and_then_somebody_s_will():
    since = timezone.now()
    for now in (Sending.NONE, Sending.PUBLISHED):
        assert is_stray(now, since, since + timedelta(days=1))
        assert not is_stray(now, since, since + timedelta(days=1, seconds=1))


def test_what_is_still_there_is_not_late_unless_it_was_taken_back():
    since = timezone.now()
    before = since - timedelta(hours=1)
    assert not is_stray(Sending.WAITING, since, before)
    assert is_stray(Sending.NONE, since, before)


def test_words_are_known_again_whatever_is_between_them():
    assert digest("Muito\n obrigado ") == digest("Muito obrigado")
    assert digest("Muito obrigado") != digest("Muito obrigada")


# --- one at a time --------------------------------------------------------------------------


def test_new_words_wait_until_the_old_ones_have_arrived(review, place, clock, slowly):
    published(review, OLD)

    def change():
        published(review, NEW)
        replying.send(review_id=str(review.pk))

    slowly(change)
    assert (words(place), review.sending, review.sending_text) == (OLD, Sending.QUEUED, NEW)
    assert review.sending_leased_until is None

    assert look(review) == Sending.WAITING
    assert words(place) == NEW


def test_what_is_taken_back_while_it_is_sent_is_taken_back_after_it(review, place, clock, slowly):
    reply = published(review, OLD)

    def change_mind():
        reply.unpublish()
        replying.send(review_id=str(review.pk))

    slowly(change_mind)
    assert (words(place), review.sending) == (OLD, Sending.WITHDRAWING)

    assert look(review) == Sending.NONE
    assert words(place) is None


def test_the_schedule_leaves_alone_what_somebody_is_at(review, place, google, clock, slowly):
    published(review, OLD)
    asked = []

    def change():
        published(review, NEW)
        look(review)
        asked.append(google.calls[REVIEWS])

    before = google.calls[REVIEWS]
    slowly(change)
    assert asked == [before]


def test_new_words_do_not_wait_for_the_verdict_on_the_old_ones(review, place, clock, slowly):
    published(review, OLD)
    look(review)
    clock.pass_(minutes=3)

    slowly(lambda: published(review, NEW), verb="review")

    assert (review.sending, review.sending_at) == (Sending.QUEUED, timezone.now())


def test_a_worker_that_dies_after_google_s_answer_is_followed(review, place, clock, monkeypatch):
    reply = published(review, OLD)
    monkeypatch.setattr(replying, "move", lambda *a, **k: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        look(review)
    monkeypatch.undo()
    reply.unpublish()
    assert (words(place), look(review)) == (OLD, Sending.WITHDRAWING)  # the lease is still its own

    assert later(review, clock, minutes=6) == Sending.NONE
    assert words(place) is None


# --- what lands late all the same -----------------------------------------------------------


def test_old_words_that_land_after_new_ones_are_replaced(review, place, google, clock, slowly):
    published(review, OLD)

    def overtake():
        published(review, NEW)
        clock.pass_(minutes=6)  # the worker is thought dead
        assert look(review) == Sending.WAITING
        assert words(place) == NEW

    slowly(overtake)
    assert words(place) == OLD

    assert later(review, clock, minutes=3) == Sending.QUEUED
    assert look(review) == Sending.WAITING
    google.reply_polls = 0
    later(review, clock, minutes=3)
    assert (later(review, clock, minutes=3), words(place)) == (Sending.PUBLISHED, NEW)
    assert str(Problem.OLDER.label) in review.way
    assert AuditEntry.objects.filter(action="reviews.reply.put_right").count() == 1


def test_taken_back_words_that_land_are_taken_back_again(review, place, clock, slowly, lua, staff):
    reply = published(review, OLD)

    def overtake():
        reply.unpublish()
        clock.pass_(minutes=6)
        assert look(review) == Sending.NONE

    slowly(overtake)
    assert (words(place), review.sending) == (OLD, Sending.NONE)

    assert later(review, clock, hours=1) == Sending.WITHDRAWING
    assert look(review) == Sending.NONE
    assert words(place) is None
    for address in (
        reverse("wagtailsnippets_reviews_reply:list"),
        reverse("reviews:edit", args=[review.pk]),
    ):
        shown = staff(lua, "manager").get(address).content.decode()
        assert str(Problem.BACK.label) in shown


def test_what_lands_while_it_is_taken_back_is_taken_back_again(review, place, clock, monkeypatch):
    reply = published(review, OLD)
    look(review)
    reply.unpublish()
    real = Google.delete_reply

    def then_lands(self, name):
        real(self, name)
        on_google(place, OLD, timezone.now())

    monkeypatch.setattr(Google, "delete_reply", then_lands)
    assert look(review) == Sending.WITHDRAWING
    monkeypatch.undo()

    assert later(review, clock, minutes=11) == Sending.NONE
    assert words(place) is None


def test_a_reading_finds_what_landed_late(review, place, google, clock):
    arrive(review, google, clock, OLD)
    arrive(review, google, clock, NEW)
    on_google(place, OLD, timezone.now())
    clock.pass_(days=6)

    assert read_all(review) == Sending.QUEUED
    assert look(review) == Sending.WAITING
    assert words(place) == NEW


def test_what_was_put_right_once_is_left_to_whoever_insists(review, place, google, clock):
    arrive(review, google, clock, OLD)
    arrive(review, google, clock, NEW)
    on_google(place, OLD, timezone.now())
    read_all(review)
    look(review)
    later(review, clock, minutes=5)
    assert (review.sending, words(place)) == (Sending.PUBLISHED, NEW)
    on_google(place, OLD, clock.pass_(minutes=1))

    assert read_all(review) == Sending.REPLACED
    look(review)
    assert words(place) == OLD


def test_who_wants_old_words_back_on_google_days_later_has_them(review, place, google, clock):
    arrive(review, google, clock, OLD)
    arrive(review, google, clock, NEW).unpublish()
    look(review)
    on_google(place, OLD, clock.pass_(days=3))

    assert read_all(review) == Sending.NONE
    assert words(place) == OLD


# --- what people do on google ---------------------------------------------------------------


def test_a_reply_that_is_replaced_or_deleted_on_google_is_said_to_be(review, place, google, clock):
    arrive(review, google, clock)
    on_google(place, THEIRS, clock.pass_(minutes=1))
    assert read_all(review) == Sending.REPLACED
    on_google(place, None, clock.pass_(minutes=1))
    assert read_all(review) == Sending.ABSENT
    on_google(place, THANKS, clock.pass_(minutes=1))
    assert read_all(review) == Sending.PUBLISHED


def test_the_list_says_that_a_published_reply_is_not_on_google(
    review, place, google, clock, lua, staff
):
    arrive(review, google, clock)
    on_google(place, None, clock.pass_(minutes=1))
    read_all(review)

    listed = staff(lua, "manager").get(reverse("wagtailsnippets_reviews_reply:list"))
    assert "Não está no Google" in listed.content.decode()


def test_google_is_not_said_to_think_of_words_that_others_replaced(review, place, google, clock):
    published(review)
    look(review)
    on_google(place, THEIRS, clock.pass_(minutes=1))

    assert later(review, clock, minutes=5) == Sending.WAITING
    assert "outras palavras" in review.way
    assert later(review, clock, days=1) == Sending.REPLACED
    on_google(place, None, clock.pass_(minutes=1))
    assert later(review, clock, days=1) == Sending.ABSENT
    for _month in range(31):
        later(review, clock, days=1)
    assert (review.sending, review.sending_at) == (Sending.ABSENT, None)


def test_words_that_google_shows_meanwhile_are_not_called_late(review, place, google, clock):
    before = arrive(review, google, clock, OLD).last_published_at
    published(review, NEW)
    look(review)
    on_google(place, OLD, before)  # it shows the old ones while it thinks

    assert later(review, clock, minutes=5) == Sending.WAITING
    assert review.sending_problem == ""


def test_a_reply_that_google_has_does_not_fail_for_a_lost_answer(review, google, clock):
    google.reply_polls = 10**6
    published(review)
    look(review)
    for _day in range(8):
        later(review, clock, days=1)
    google.faults = Always(down())

    assert later(review, clock, days=1) == Sending.WAITING


def test_what_google_decides_after_a_month_is_read(review, place, google, clock):
    google.reply_polls = 10**6
    published(review)
    look(review)
    for _month in range(31):
        later(review, clock, days=1)
    assert (review.sending, review.sending_at) == (Sending.WAITING, None)
    place.reviews["a"].reply.state = "APPROVED"
    place.reviews["a"].reply.polls_left = 0

    assert read_all(review) == Sending.PUBLISHED


def test_what_arrived_although_no_answer_did_is_found(review, place, google, clock):
    published(review)
    google.faults = Always(down())
    for _day in range(8):
        later(review, clock, days=1)
    assert review.sending == Sending.FAILED
    google.faults = None
    on_google(place, THANKS, timezone.now())

    assert read_all(review) == Sending.PUBLISHED


def test_what_could_not_be_taken_back_is_settled_once_it_is_gone(review, place, google, clock):
    reply = arrive(review, google, clock)
    reply.unpublish()
    google.faults = Queue([Fault(403, error(403, "PERMISSION_DENIED"), host=REVIEWS)])
    assert look(review) == Sending.FAILED
    assert read_all(review) == Sending.FAILED

    on_google(place, "", timezone.now())

    assert read_all(review) == Sending.NONE
    assert review.way == "—"


def test_the_last_look_is_not_a_reason_to_call_what_arrived_failed(review, place, google, clock):
    google.reply_polls = 0
    published(review)
    look(review)
    later(review, clock, minutes=5)
    google.delete(place, "a")

    assert later(review, clock, hours=1) == Sending.PUBLISHED
    assert review.sending_at is None


# --- several who decide ---------------------------------------------------------------------


def test_of_two_who_publish_at_once_the_one_whose_words_stand_is_sent(review):
    first = published(review, OLD)
    published(review, NEW)

    assert replying.queue(reply=first, at=timezone.now())

    review.refresh_from_db()
    assert review.sending_text == NEW


def test_what_was_unpublished_meanwhile_is_not_sent_and_the_other_way_round(review):
    reply = published(review)
    stale = Reply.objects.get()
    reply.unpublish()
    assert not replying.queue(reply=stale, at=timezone.now())
    review.refresh_from_db()
    assert review.sending == Sending.WITHDRAWING

    published(review)
    assert not replying.withdraw(reply=reply, at=timezone.now())
    review.refresh_from_db()
    assert review.sending == Sending.QUEUED


def submitted(review, client, text):
    """Have an editor ask for other words of a reply; return where they are approved."""
    edit = reverse("wagtailsnippets_reviews_reply:edit", args=[Reply.objects.get().pk])
    form = forms_of(client.get(edit).content)
    client.post(edit, form | {"text": text, "action-submit": "1"}, follow=True)
    state = WorkflowState.objects.get(status="in_progress").current_task_state
    return reverse(
        "wagtailsnippets_reviews_reply:workflow_action",
        args=[Reply.objects.get().pk, "approve", state.pk],
    )


def test_what_is_unpublished_while_it_waits_for_approval_is_gone_until_then(
    review, place, google, clock, lua, staff
):
    reply = arrive(review, google, clock, OLD)
    approve = submitted(review, staff(lua, "editor"), NEW)
    Reply.objects.get(pk=reply.pk).unpublish()
    assert (look(review), words(place)) == (Sending.NONE, None)

    staff(lua, "manager").post(approve, {"comment": ""})
    assert (look(review), words(place)) == (Sending.WAITING, NEW)


def test_what_two_approve_is_sent_once(review, place, google, clock, lua, staff):
    arrive(review, google, clock, OLD)
    approve = submitted(review, staff(lua, "editor"), NEW)
    before = google.calls[REVIEWS]

    for role in ("manager", "owner"):
        assert staff(lua, role).post(approve, {"comment": ""}).status_code in {302, 403}
        look(review)

    assert (google.calls[REVIEWS] - before, words(place)) == (2, NEW)  # sent, and looked after
