"""Those who moderate: what they see, what they may do, and what they may not."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tenancy.context import tenant_scope
from tests.ugc.conftest import look
from tests.ugc.sending import WORDS, act, photo
from ugc import services
from ugc.enums import Refusal, SubmissionStatus
from ugc.models import DoomedFile, GuestPost, SubmissionPhoto
from ugc.rules.publishing import Obstacle
from ugc.selectors.looks import look_of
from ugc.services import Impossible
from ugc.signing import ORIGINAL, token_for


@pytest.fixture
def desk(staff: Any, lua: Any) -> Any:
    return staff(lua, "manager")


def screen(submission: Any) -> str:
    return reverse("ugc_submission", args=[submission.pk])


def mark(desk: Any, submission: Any, *regions: tuple[int, int, int, int]) -> Any:
    photo_id = submission.photos.get().pk
    columns = dict(
        zip(("left", "top", "width", "height"), zip(*regions, strict=True), strict=False)
    )
    body = {"act": "mark", "photo": str(photo_id), "description": "Uma cama", **columns}
    return desk.post(screen(submission), body)


def test_the_queue_and_one_submission_are_shown_to_managers(desk, sent):
    submission, _path = sent([photo()], words=WORDS)

    assert WORDS in desk.get(reverse("ugc_queue")).content.decode()
    page = desk.get(screen(submission))
    assert WORDS in page.content.decode()
    assert page["Cache-Control"].startswith("private, no-store")


def test_what_is_words_only_is_called_so(desk, sent):
    sent(words=WORDS)
    page = desk.get(reverse("ugc_queue")).content.decode()

    assert "Só palavras" in page
    assert "0 foto" not in page


def test_who_has_looked_at_a_photo_goes_on_at_the_next_one(desk, sent):
    submission, _path = sent([photo(), photo((200, 300))])
    page = BeautifulSoup(desk.get(screen(submission)).content, "html.parser")
    places = []
    for row in submission.photos.order_by("position"):
        body = {"act": "mark", "photo": str(row.pk), "description": ""}
        places.append(desk.post(screen(submission), body).url)

    assert places == [f"{screen(submission)}#foto-2", f"{screen(submission)}#decidir"]
    assert [page.find(id=place).get("tabindex") for place in ("foto-2", "decidir")] == ["-1", "-1"]
    # what went wrong is said at the top
    for body in ({"act": "publish"}, {"act": "mark", "photo": "x"}):
        assert desk.post(screen(submission), body).url == screen(submission)


def test_editors_see_nothing_of_it(staff, lua, sent):
    submission, _path = sent([photo()], words=WORDS)
    editor = staff(lua, "editor")
    token = token_for(submission.photos.get().pk, ORIGINAL)

    for path in (reverse("ugc_queue"), screen(submission)):
        assert editor.get(path).status_code == 302
    assert editor.get(reverse("ugc_photo", args=[token])).status_code == 404


def test_nothing_is_published_unmarked(desk, sent, manager):
    submission, _path = sent([photo()])
    with pytest.raises(Impossible) as raised:
        services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
    assert raised.value.obstacles == (Obstacle.UNMARKED,)
    desk.post(screen(submission), {"act": "publish"})
    assert not GuestPost.objects.exists()

    mark(desk, submission, (100, 100, 200, 200))
    desk.post(screen(submission), {"act": "publish", "seen": look_of(submission)})

    (picture,) = GuestPost.objects.get().pictures
    assert picture["description"] == "Uma cama"


def test_regions_that_are_marked_are_blurred_and_the_old_drawing_goes(
    desk, sent, django_capture_on_commit_callbacks
):
    submission, _path = sent([photo()])
    before = submission.photos.get().previews
    with django_capture_on_commit_callbacks(execute=True):
        mark(desk, submission, (100, 100, 200, 200), (0, 0, 10, 10))

    after = submission.photos.get()
    assert after.regions == [[100, 100, 200, 200], [0, 0, 10, 10]]
    assert {name for name, *_ in before}.isdisjoint(name for name, *_ in after.previews)
    assert not DoomedFile.objects.exists()


@pytest.mark.parametrize(
    "wrong", [("x", 1, 1, 1), ("nan", 1, 1, 1), ("1e999", 1, 1, 1), (10, 10, 100, "")]
)
def test_what_is_no_region_marks_nothing(desk, sent, wrong):
    submission, _path = sent([photo()])
    mark(desk, submission, wrong)

    assert submission.photos.get().marked_at is None


def test_the_original_is_gone_once_it_is_decided(sent, manager, published):
    published([photo()])

    assert SubmissionPhoto.objects.get().original == ""


def test_a_refusal_says_why_and_erases(desk, client, sent, django_capture_on_commit_callbacks):
    submission, path = sent([photo()], words=WORDS, email="bia@exemplo.test")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(screen(submission), {"act": "refuse", "reason": "people"})

    submission.refresh_from_db()
    assert (submission.status, submission.words) == (SubmissionStatus.REFUSED, "")
    assert submission.contact is None
    assert submission.data_key is None
    (message,) = mail.outbox
    assert "reconhecer" in message.body
    assert "reconhecer" in client.get(path).content.decode()


@pytest.mark.parametrize("reason", ["", "minor", "anything"])
def test_a_refusal_needs_a_reason_of_those_that_are_offered(desk, sent, reason):
    submission, _path = sent(words=WORDS)
    desk.post(screen(submission), {"act": "refuse", "reason": reason})

    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.QUEUED


def test_a_minor_locks_it_for_all_but_owners_who_are_told(
    desk, client, staff, lua, sent, django_capture_on_commit_callbacks
):
    submission, path = sent([photo()], words=WORDS)
    token = token_for(submission.photos.get().pk, ORIGINAL)
    address = reverse("ugc_photo", args=[token])
    assert desk.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(screen(submission), {"act": "escalate"})

    assert desk.get(screen(submission)).status_code == 404
    assert desk.get(address).status_code == 404
    assert WORDS not in desk.get(f"{reverse('ugc_queue')}?status=locked").content.decode()
    assert WORDS not in desk.get(reverse("ugc_queue")).content.decode()
    assert act(client, path, "withdraw").status_code == 200
    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.LOCKED
    assert "data:image/webp" not in client.get(path).content.decode()
    (message,) = mail.outbox
    assert message.to == ["owner@lua.test"]

    owner = staff(lua, "owner")
    assert owner.get(screen(submission)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(screen(submission), {"act": "refuse"})
    submission.refresh_from_db()
    assert (submission.status, submission.refusal) == (SubmissionStatus.REFUSED, Refusal.MINOR)
    assert not submission.photos.exists()


def test_a_manager_unlocks_nothing(desk, sent, manager):
    submission, _path = sent(words=WORDS)
    services.escalate(submission_id=submission.pk, actor=manager, at=timezone.now())
    desk.post(screen(submission), {"act": "unlock"})

    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.LOCKED


def test_a_photos_address_dies_with_one_character_and_on_time(desk, sent):
    submission, _path = sent([photo()])
    page = BeautifulSoup(desk.get(screen(submission)).content, "html.parser")
    address = str(page.find("img", alt=lambda text: text and "enviada" in text)["src"])
    assert desk.get(address).status_code == 200
    assert desk.get(address)["Cache-Control"].startswith("private, no-store")

    start = address.index("photo/") + len("photo/")
    for position in range(start, len(address) - 1):
        other = "A" if address[position] != "A" else "B"
        changed = address[:position] + other + address[position + 1 :]
        assert desk.get(changed).status_code == 404, position
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert desk.get(address).status_code in {302, 404}


def test_a_photos_address_is_another_tenants_nothing(staff, sol, lua, sent):
    submission, _path = sent([photo()])
    key = submission.photos.get().pk
    owner = staff(sol, "owner")
    with tenant_scope(sol):
        forged = token_for(key, ORIGINAL)

    for token in (token_for(key, ORIGINAL), forged):
        assert owner.get(reverse("ugc_photo", args=[token])).status_code == 404


def test_sealed_files_are_served_to_nobody(desk, client, sent):
    submission, _path = sent([photo()])
    name = submission.photos.get().original

    for who in (desk, client):
        assert who.get(f"/media/{name}").status_code == 404


def test_a_published_one_is_taken_away_on_request(desk, published):
    submission, _path = published([photo()], words=WORDS)
    desk.post(screen(submission), {"act": "erase"})

    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.WITHDRAWN
    assert not GuestPost.objects.exists()


def test_who_publishes_twice_publishes_once(sent, manager):
    submission, _path = sent([photo()])
    look(submission.pk, manager)
    services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
    with pytest.raises(Impossible):
        services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())

    assert GuestPost.objects.count() == 1
