"""What one moderator has blurred is blurred, whatever another one does at the same moment."""

from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from tests.ugc.conftest import look
from tests.ugc.sending import photo
from tests.ugc.traces import files
from ugc import services
from ugc.models import GuestPost, SubmissionPhoto
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
