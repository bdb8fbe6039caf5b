"""What somebody decides is about what they saw, whatever others do at the same moment."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tests.traces import files
from tests.ugc.conftest import look
from tests.ugc.sending import WORDS, act, photo
from ugc import services
from ugc.enums import Refusal, SubmissionStatus
from ugc.models import GuestPost, Submission, SubmissionPhoto
from ugc.services import deciding, marking

pytestmark = pytest.mark.django_db

FACE = (100, 100, 300, 300)


def mark(row: SubmissionPhoto, manager: Any, *regions: tuple[int, int, int, int]) -> bool:
    return services.mark(
        photo_id=row.pk,
        regions=list(regions),
        description="Vermelho e azul",
        actor=manager,
        at=timezone.now(),
    )


def test_what_is_marked_while_somebody_publishes_is_not_shown_unmarked(
    sent: Any, manager: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    submission, _path = sent([photo()])
    look(submission.pk, manager)
    row, put = submission.photos.get(), deciding._put_on_pages

    def marked_first(*args: Any) -> Any:
        assert mark(row, manager, FACE)
        return put(*args)

    with monkeypatch.context() as racing, django_capture_on_commit_callbacks(execute=True):
        racing.setattr(deciding, "_put_on_pages", marked_first)
        with pytest.raises(services.Impossible):
            services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
    assert not GuestPost.objects.exists()

    services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
    assert GuestPost.objects.count() == 1


def test_who_marks_what_was_marked_meanwhile_is_told_to_look_again(
    sent: Any, manager: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    submission, _path = sent([photo()])
    row, write = submission.photos.get(), marking._marked

    def marked_first(*args: Any) -> Any:
        monkeypatch.setattr(marking, "_marked", write)
        assert mark(row, manager, FACE)
        return write(*args)

    monkeypatch.setattr(marking, "_marked", marked_first)
    with django_capture_on_commit_callbacks(execute=True):
        assert not mark(row, manager)

    row.refresh_from_db()
    assert row.regions == [list(FACE)]
    kept = {str(path.relative_to(settings.MEDIA_ROOT)) for path in files()}
    assert {name for name, *_size in row.previews} <= kept


def test_words_that_changed_since_the_screen_was_opened_are_looked_at_again(
    sent: Any, client: Any, staff: Any, lua: Any
) -> None:
    submission, path = sent(words=WORDS)
    desk, screen = staff(lua, "manager"), reverse("ugc_submission", args=[submission.pk])
    page = BeautifulSoup(desk.get(screen).content, "html.parser")
    seen = str(page.find("input", attrs={"name": "seen"})["value"])  # type: ignore[index]  # a tag
    act(client, path, "change", words="Liguem para mim", name="", stay_month="")

    answer = desk.post(screen, {"act": "publish", "seen": seen}, follow=True)

    assert "Mudou desde que a página foi aberta" in answer.content.decode()
    assert "Liguem para mim" in answer.content.decode()
    assert not GuestPost.objects.exists()


def test_what_is_locked_is_erased_by_those_alone_who_handle_it(sent: Any, manager: Any) -> None:
    submission, _path = sent(words=WORDS)
    services.escalate(submission_id=submission.pk, actor=manager, at=timezone.now())

    for reason in (Refusal.EXPLICIT, Refusal.MINOR):  # of a screen that was opened before
        with pytest.raises(services.Impossible):
            services.refuse(
                submission_id=submission.pk, reason=reason, actor=manager, at=timezone.now()
            )
    with pytest.raises(services.Impossible):
        services.unlock(submission_id=submission.pk, actor=manager, at=timezone.now())
    assert Submission.objects.get().status == SubmissionStatus.LOCKED
    assert Submission.objects.get().words == WORDS


def test_what_is_published_can_be_locked_and_is_on_no_page_then(
    published: Any, manager: Any, staff: Any, lua: Any
) -> None:
    submission, _path = published([photo()], words=WORDS)
    screen = reverse("ugc_submission", args=[submission.pk])
    assert "escalate" in staff(lua, "manager").get(screen).content.decode()

    staff(lua, "manager").post(screen, {"act": "escalate"})

    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.LOCKED
    assert not GuestPost.objects.exists()
    assert submission.photos.get().previews
    assert staff(lua, "owner").get(screen).status_code == 200
