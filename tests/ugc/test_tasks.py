"""What must be done is done though something was away: read, sent, ended."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from tests.conftest import execute_as_owner
from tests.ugc.sending import WORDS, filled, photo, send
from ugc import imaging, schedule, services
from ugc.enums import PhotoState, Problem, Refusal, SubmissionStatus
from ugc.files import delete
from ugc.models import Letter, Submission
from ugc.services import letters
from ugc.tasks.tenant import send_letter


def late(table: str, column: str) -> None:
    execute_as_owner(f"UPDATE {table} SET {column} = now() - interval '1 hour'")


def test_what_no_worker_has_read_is_read_by_the_timetable(house, client):
    send(client, filled(house, [photo()]))
    assert Submission.objects.get().status == SubmissionStatus.RECEIVED

    schedule.resume()
    assert Submission.objects.get().status == SubmissionStatus.RECEIVED
    late("ugc_submission", "created_at")
    schedule.resume()

    assert Submission.objects.get().status == SubmissionStatus.QUEUED


def test_who_comes_second_leaves_it_to_the_first_until_that_must_have_died(
    house, client, monkeypatch
):
    send(client, filled(house, [photo()]))
    submission = Submission.objects.get()
    at = timezone.now()

    def die(content: bytes) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(imaging, "take", die)
        with pytest.raises(KeyboardInterrupt):
            services.read_photos(submission_id=submission.pk, at=at)
    services.read_photos(submission_id=submission.pk, at=at + timedelta(minutes=1))
    assert submission.photos.get().state == PhotoState.RECEIVED

    services.read_photos(submission_id=submission.pk, at=at + timedelta(minutes=11))
    assert submission.photos.get().state == PhotoState.READY


def test_a_file_that_is_lost_is_said_to_be_damaged(house, client):
    send(client, filled(house, [photo()], words=WORDS))
    submission = Submission.objects.get()
    delete(submission.photos.get().original)
    services.read_photos(submission_id=submission.pk, at=timezone.now())

    assert submission.photos.get().problem == Problem.DAMAGED
    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.QUEUED


def test_photos_of_which_none_can_be_read_are_refused(sent):
    submission, _path = sent([photo()[:600]])

    assert (submission.status, submission.refusal) == (SubmissionStatus.REFUSED, Refusal.UNFIT)


def test_mail_that_fails_is_sent_later_and_once(house, client, monkeypatch):
    send(client, filled(house, words=WORDS, email="bia@exemplo.test"))
    key = str(Letter.objects.get().pk)

    def away(self: Any, *args: Any) -> None:
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", away)
        send_letter(key)
    assert Letter.objects.get().tries == 1
    assert not mail.outbox

    late("ugc_letter", "due_at")
    schedule.resume()
    send_letter(key)
    assert len(mail.outbox) == 1
    assert not Letter.objects.exists()


def test_mail_that_never_goes_is_given_up(house, client):
    send(client, filled(house, words=WORDS, email="bia@exemplo.test"))
    letter = Letter.objects.get()
    for _try in range(letters.MOST_TRIES):
        services.put_off(letter_id=letter.pk, at=timezone.now())
    assert Letter.objects.get().due_at > timezone.now() + timedelta(hours=8)
    services.put_off(letter_id=letter.pk, at=timezone.now())

    assert not Letter.objects.exists()


def test_what_nobody_looks_at_is_not_kept(sent):
    submission, _path = sent([photo()], words=WORDS)
    later = timezone.now() + timedelta(days=61)
    assert services.expire_waiting(at=timezone.now()) == 0

    assert services.expire_waiting(at=later) == 1
    submission.refresh_from_db()
    assert (submission.refusal, submission.words) == (Refusal.UNSEEN, "")
    assert not submission.photos.exists()
