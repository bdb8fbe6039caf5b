"""The house answers: drafted, approved, sent, and looked after until guests see it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from reviews.clients.google import REVIEWS
from reviews.enums import Erasure, LocationState, Problem, Refusal, Sending, Source
from reviews.models import Location, Reply, ReplyTemplate, Review
from reviews.rules.replies import bytes_over, is_late, look_again, verdict
from reviews.services import erasing, reading, replying
from tests.fakes.google import Reply as Said
from tests.fakes.google.faults import Always, Fault, busy, down, error
from tests.isolation.bodies import forms_of
from tests.reviews.houses import THANKS, later, look, published, say

pytestmark = pytest.mark.django_db

# --- rules ----------------------------------------------------------------------------------


def test_google_counts_bytes():
    assert bytes_over("ã" * 2048) == 0
    assert bytes_over("ã" * 2048 + "!") == 1


@pytest.mark.parametrize(
    ("seen", "state", "stands"),
    [
        ([THANKS, THANKS], "APPROVED", Sending.PUBLISHED),
        ([f" {THANKS}\n", ""], "", Sending.PUBLISHED),
        (["", THANKS], "WORD_OF_TOMORROW", Sending.PUBLISHED),
        ([THANKS, THANKS], "PENDING", Sending.WAITING),
        ([THANKS, THANKS], "REJECTED", Sending.REJECTED),
        (["Antes", "Antes"], "APPROVED", Sending.REPLACED),
        (["Antes", "Antes"], "PENDING", Sending.REPLACED),
        (["", ""], "", Sending.ABSENT),
    ],
)
def test_a_reply_stands_as_google_says_of_our_words(seen, state, stands):
    assert verdict(THANKS, seen, state) == stands


def test_google_is_asked_less_and_less_often_what_it_thinks(clock):
    since = timezone.now()
    assert look_again(since, since) == since + timedelta(minutes=2)
    assert look_again(since, since + timedelta(hours=2)) == since + timedelta(hours=3)
    assert look_again(since, since + timedelta(days=9)) == since + timedelta(days=10)
    assert look_again(since, since + timedelta(days=30)) is None
    assert is_late(since, since + timedelta(days=7))


# --- on its way -----------------------------------------------------------------------------


def test_a_published_reply_is_sent_and_followed_until_guests_see_it(review, place, google, clock):
    google.reply_polls = 2
    published(review)
    assert place.reviews["a"].reply is None  # what is written here is not yet committed

    assert look(review) == Sending.WAITING
    assert place.reviews["a"].reply.comment == THANKS
    assert later(review, clock, minutes=3) == Sending.WAITING
    assert later(review, clock, minutes=5) == Sending.WAITING
    assert later(review, clock, minutes=9) == Sending.PUBLISHED
    assert (review.reply_original, review.reply_state) == (THANKS, "APPROVED")
    before = google.calls[REVIEWS]
    look(review)
    assert google.calls[REVIEWS] == before


def test_a_reply_that_google_rejects_says_which_rule_it_breaks(review, google, clock):
    google.reply_verdicts.append(("REJECTED", {"policyType": "URL_CONTENT"}))
    published(review)
    look(review)

    assert later(review, clock, minutes=10) == Sending.WAITING
    assert later(review, clock, minutes=10) == Sending.REJECTED
    assert review.sending_reason == "URL_CONTENT"


def test_a_reply_that_was_mended_is_sent_again(review, place, google, clock):
    google.reply_verdicts.append(("REJECTED", "OFF_TOPIC"))
    google.reply_polls = 0
    published(review)
    look(review)
    assert later(review, clock, minutes=5) == Sending.REJECTED

    published(review, "Melhor assim.")
    look(review)

    assert later(review, clock, minutes=5) == Sending.PUBLISHED
    assert (place.reviews["a"].reply.comment, review.sending_reason) == ("Melhor assim.", "")


def test_an_unpublished_reply_is_taken_back(review, place, clock):
    reply = published(review)
    look(review)
    reply.unpublish()

    assert later(review, clock, minutes=5) == Sending.NONE
    assert place.reviews["a"].reply is None
    assert review.reply_original == ""


def test_what_was_never_sent_takes_nobody_s_words_along(review, place, clock):
    place.reviews["a"].reply = Said("Escrita no Google", clock.pass_(minutes=1))

    published(review).unpublish()

    assert look(review) == Sending.NONE
    assert place.reviews["a"].reply.comment == "Escrita no Google"


def test_a_deleted_reply_is_taken_back_and_a_draft_is_not(review, place, google, clock):
    published(review).delete()
    assert look(review) == Sending.NONE  # Google says that there is none: as good
    place.reviews["a"].reply = Said("Escrita no Google", clock.pass_(minutes=1))
    before = google.calls[REVIEWS]

    draft = Reply.objects.create(review=review, text="Rascunho", live=False)
    draft.delete()
    look(review)

    assert google.calls[REVIEWS] == before
    assert place.reviews["a"].reply


@pytest.mark.parametrize("fault", [busy(30), down(), Fault(drops=True)])
def test_what_may_pass_is_tried_again_until_it_has_arrived(review, place, google, clock, fault):
    google.faults = Always(fault)
    published(review)
    assert look(review) == Sending.QUEUED
    google.faults = None

    assert later(review, clock, minutes=12) == Sending.WAITING
    assert place.reviews["a"].reply.comment == THANKS


def test_what_does_not_pass_in_a_week_ends(review, google, clock):
    published(review)
    google.faults = Always(down())
    asked = google.calls[REVIEWS]
    for _day in range(8):
        later(review, clock, days=1)

    assert (review.sending, review.sending_problem) == (Sending.FAILED, Problem.LATE)
    assert google.calls[REVIEWS] - asked < 8 * 3 * 4  # a reading and a reply, three tries of each


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (400, error(400, "INVALID_ARGUMENT"), Problem.TEXT),
        (403, error(403, "PERMISSION_DENIED", "SERVICE_DISABLED"), Refusal.DISABLED),
        (403, error(403, "PERMISSION_DENIED", message="Not verified"), Refusal.UNVERIFIED),
    ],
)
def test_google_s_refusal_is_shown(review, google, lua, staff, status, body, reason):
    reply = published(review)
    google.faults = Always(Fault(status, body=body))

    assert look(review) == Sending.FAILED

    google.faults = None
    manager = staff(lua, "manager")
    for address in (
        reverse("wagtailsnippets_reviews_reply:list"),
        reverse("reviews:edit", args=[review.pk]),
    ):
        assert str(reason.label) in manager.get(address).content.decode(), reply


def test_a_review_that_is_gone_cannot_be_answered(review, place, google):
    published(review)
    google.delete(place, "a")

    assert look(review) == Sending.FAILED
    assert review.sending_problem == Problem.GONE


def test_a_location_that_has_moved_is_found_again_first(review, place, google, clock):
    google.move(place, "2")
    for grant in google.grants.values():
        grant.accounts.add("2")
    published(review)
    assert look(review) == Sending.QUEUED

    assert look(review) == Sending.WAITING
    assert place.reviews["a"].reply.comment == THANKS


def test_a_location_that_is_nowhere_is_said_to_be(review, place, google):
    google.move(place, "2")
    published(review)

    assert look(review) == Sending.FAILED
    assert review.sending_problem == Refusal.MISSING
    assert Location.objects.get().state == LocationState.LOST


def test_a_worker_that_dies_is_followed_by_another(review, place, google, clock, monkeypatch):
    published(review)
    monkeypatch.setattr(replying, "move", lambda *a, **k: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        look(review)
    monkeypatch.undo()
    assert place.reviews["a"].reply.comment == THANKS
    assert later(review, clock, minutes=1) == Sending.QUEUED  # leased

    assert later(review, clock, minutes=5) == Sending.WAITING


def test_what_the_house_wrote_meanwhile_is_sent_as_well(review, place, google, monkeypatch):
    published(review)
    move = replying.move

    def change_first(row, state, **given):
        monkeypatch.setattr(replying, "move", move)
        published(review, "Outra")
        move(row, state, **given)

    monkeypatch.setattr(replying, "move", change_first)
    clock_now = timezone.now()
    replying.send(review_id=str(review.pk), clock=lambda: clock_now)
    review.refresh_from_db()
    assert (review.sending, review.sending_text) == (Sending.QUEUED, "Outra")


# --- in the admin ---------------------------------------------------------------------------


def add(client, review, **given):
    address = f"{reverse('wagtailsnippets_reviews_reply:add')}?review={review.pk}"
    form = forms_of(client.get(address).content)
    return client.post(address, form | given, follow=True)


def test_an_editor_submits_and_a_manager_publishes(review, place, lua, staff):
    editor, manager = staff(lua, "editor"), staff(lua, "manager")
    add(editor, review, text=THANKS, **{"action-submit": "1"})
    reply = Reply.objects.get()
    assert (reply.live, look(review)) == (False, Sending.NONE)

    state = WorkflowState.objects.get(object_id=str(reply.pk)).current_task_state
    address = reverse(
        "wagtailsnippets_reviews_reply:workflow_action", args=[reply.pk, "approve", state.pk]
    )
    assert editor.post(address, {"comment": ""}).status_code in {302, 403}
    assert look(review) == Sending.NONE
    manager.post(address, {"comment": ""})

    assert look(review) == Sending.WAITING
    assert place.reviews["a"].reply.comment == THANKS


def test_a_reply_begins_with_a_template(review, lua, staff):
    template = ReplyTemplate.objects.create(name="Elogio", text="Que bom que gostou!")
    client = staff(lua, "editor")
    address = f"{reverse('wagtailsnippets_reviews_reply:add')}?review={review.pk}"

    assert address in client.get(reverse("reviews:index")).content.decode()
    assert "Começar com “Elogio”" in client.get(address).content.decode()
    assert "Que bom" in client.get(f"{address}&template={template.pk}").content.decode()


def test_a_reply_that_is_too_long_is_not_saved(review, lua, staff):
    answer = add(staff(lua, "manager"), review, text="ã" * 2049)

    assert "sobram 2 bytes (letras com acento contam 2, emojis 4" in answer.content.decode()
    assert not Reply.objects.exists()


def test_what_is_not_on_google_cannot_be_answered(review):
    Location.objects.update(source=Source.FILE)
    with pytest.raises(ValidationError, match="não está no Google"):
        Reply(review=Review.objects.get(), text="x").full_clean()


def test_a_review_is_answered_once(review, lua, staff):
    published(review)
    add(staff(lua, "manager"), review, text="De novo")

    assert Reply.objects.count() == 1


def test_an_answer_goes_with_what_it_answers(review, google, place, clock):
    published(review, "Obrigado, Pessoa a!")
    look(review)

    erasing.erase(Review.objects.all(), Erasure.EXPIRED)

    review.refresh_from_db()
    assert (review.sending, review.sending_text) == (Sending.NONE, "")
    assert not Reply.objects.exists()
    assert not Revision.objects.filter(content__text__contains="Pessoa a").exists()
    assert place.reviews["a"].reply  # on Google it stays: there the review may be there still


@pytest.fixture
def other(review, place):
    say(place, "b")
    Location.objects.update(sweep_due_at=timezone.now())
    reading.read(location_id=str(review.location_id))
    return Review.objects.get(key="b")


def test_a_reply_stays_with_its_review(review, other, place, clock, lua, staff):
    reply = published(review)
    manager = staff(lua, "manager")
    edit = reverse("wagtailsnippets_reviews_reply:edit", args=[reply.pk])
    form = forms_of(manager.get(edit).content) | {"review": str(other.pk), "text": "Outra"}

    for action in ("action-publish", "action-submit", "is_draft"):
        answer = manager.post(edit, form | {action: "1"}, follow=True)
        assert "não passa a outra avaliação" in answer.content.decode()

    reply = Reply.objects.get()
    assert (reply.review_id, reply.text, reply.revisions.count()) == (review.pk, THANKS, 1)


def test_no_draft_of_a_reply_is_of_another_review(review, other):
    reply = published(review)
    reply.review = other

    with pytest.raises(ValidationError, match="outra avaliação"):
        reply.save_revision()
