"""After a guest has taken back what they sent, its bytes are nowhere."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from PIL import Image

from privacy import boxes, rights
from privacy.keys import Unavailable
from privacy.rights import Handle
from tenancy.models import ContentVersion
from tests.conftest import raise_versions
from tests.traces import dump, files, traces
from tests.ugc.conftest import look
from tests.ugc.sending import act, filled, link_in, photo, send
from ugc import services
from ugc.enums import SubmissionStatus
from ugc.models import Consent, DoomedFile, GuestPost, Letter, Submission
from ugc.selectors.erasure import erasure_of
from ugc.services import deciding, reading

WORDS = "umapalavraquenaoexiste"
NAME = "Zulmirinha"
EMAIL = "zulmirinha@exemplo.test"
OURS = {WORDS, NAME, EMAIL}


def test_words_name_address_and_photos_are_nowhere_but_the_receipt_stays(
    client: Any, published: Any, django_capture_on_commit_callbacks: Any
) -> None:
    before = set(files())
    submission, path = published([photo()], words=WORDS, name=NAME, email=EMAIL)
    names = [name for name, *_ in GuestPost.objects.get().pictures[0]["files"]]
    assert traces({WORDS})
    assert not traces({EMAIL})  # sealed from the beginning
    client.get("/")
    with django_capture_on_commit_callbacks(execute=True):
        act(client, path, "withdraw")

    assert traces(OURS) == []
    assert traces(set(names)) == []
    assert set(files()) == before
    assert not Letter.objects.exists()
    row = Submission.objects.get()
    assert row.data_key is None
    assert row.contact is None
    said = Consent.objects.filter(submission_id=submission.pk)
    assert said.filter(is_given=True).count() == said.filter(is_given=False).count() == 4


def test_nothing_of_it_was_in_the_search_index_or_the_logs_of_the_admin(published: Any) -> None:
    published([photo()], words=WORDS, name=NAME)
    tables = {table for table, row in dump() if WORDS in row}

    assert tables == {"ugc_guestpost", "ugc_submission"}


def test_what_was_sent_lies_sealed_until_it_is_decided(sent: Any) -> None:
    image = Image.effect_noise((200, 200), 90).convert("RGB")
    target = BytesIO()
    image.save(target, "JPEG")
    content = target.getvalue()
    before = set(files())
    sent([content])

    made = [kept for path, kept in files().items() if path not in before]
    assert made
    for kept in made:
        assert content[200:300] not in kept
        assert not kept.startswith((b"RIFF", b"\xff\xd8", b"\x89PNG"))


def test_a_file_that_cannot_be_deleted_is_deleted_by_the_next_try(
    client: Any, published: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    submission, path = published([photo()])

    def away(name: str) -> None:
        raise PermissionError(name)

    with monkeypatch.context() as broken:
        broken.setattr(default_storage, "delete", away)
        with django_capture_on_commit_callbacks(execute=True):
            act(client, path, "withdraw")
    submission.refresh_from_db()
    erasure = erasure_of(submission)
    assert erasure is not None
    assert not erasure.is_complete
    assert erasure.files_left == DoomedFile.objects.count() > 0

    services.sweep(at=timezone.now())
    submission.refresh_from_db()
    erasure = erasure_of(submission)
    assert erasure is not None
    assert erasure.is_complete


def test_a_cdn_is_told_and_until_then_it_is_not_complete(
    lua: Any, client: Any, published: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.CLOUDFLARE_ZONE_ID = "zone"
    submission, path = published([photo()])
    raise_versions()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.content_raised', '', true)")
    before = ContentVersion.objects.get(tenant_id=lua.pk).version
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        act(client, path, "withdraw")
    raise_versions()
    for callback in callbacks:
        callback()
    submission.refresh_from_db()
    erasure = erasure_of(submission)
    assert erasure is not None
    assert erasure.erased_at
    assert not erasure.is_complete
    assert submission.erased_version == before + 1

    ContentVersion.objects.filter(tenant_id=lua.pk).update(purged_version=before + 1)
    erasure = erasure_of(submission)
    assert erasure is not None
    assert erasure.is_complete


def test_a_photo_in_work_is_not_brought_back(
    client: Any, house: Any, django_capture_on_commit_callbacks: Any
) -> None:
    before = set(files())
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        path = link_in(send(client, filled(house, [photo()])))
    with django_capture_on_commit_callbacks(execute=True):
        act(client, path, "withdraw")
    for callback in waiting:
        callback()

    assert Submission.objects.get().status == SubmissionStatus.WITHDRAWN
    assert set(files()) == before


def test_what_is_withdrawn_while_it_is_read_or_published_stays_away(
    client: Any,
    house: Any,
    sent: Any,
    manager: Any,
    monkeypatch: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = set(files())
    drawn, real = "ugc.services.reading.drawn", reading.drawn
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        path = link_in(send(client, filled(house, [photo()])))

    def withdraw(*args: Any) -> Any:
        act(client, path, "withdraw")
        return real(*args)

    with monkeypatch.context() as racing, django_capture_on_commit_callbacks(execute=True):
        racing.setattr(drawn, withdraw)
        for callback in waiting:
            callback()
    assert Submission.objects.get().erased_at
    assert set(files()) == before

    submission, path = sent([photo()])
    look(submission.pk, manager)
    put = deciding._put_on_pages

    def first_withdraw(*args: Any) -> Any:
        act(client, path, "withdraw")
        return put(*args)

    monkeypatch.setattr(deciding, "_put_on_pages", first_withdraw)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(services.Impossible):
        services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
    submission.refresh_from_db()
    assert submission.erased_at
    assert set(files()) == before
    assert not GuestPost.objects.exists()


def test_who_dies_while_a_file_is_made_leaves_none(
    sent: Any, manager: Any, monkeypatch: Any
) -> None:
    submission, _path = sent([photo()])
    look(submission.pk, manager)
    before = set(files())

    def die(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(deciding, "held", die)
        with pytest.raises(KeyboardInterrupt):
            services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
    assert set(files()) - before
    services.sweep(at=timezone.now() + timedelta(hours=2))

    assert set(files()) == before


def test_a_person_may_have_it_all_and_have_it_erased(published: Any) -> None:
    submission, _path = published([photo()], words=WORDS, name=NAME, email=EMAIL)
    handle = Handle("submission", submission.pk)
    found = rights.export_person([handle])["ugc"]

    assert (found["words"], found["name"], found["email"]) == (WORDS, NAME, EMAIL)
    assert len(found["photos"]) == 1
    assert all(each["text"] for each in found["consents"])

    assert rights.erase_person([handle]) == {"ugc": True}
    after = rights.export_person([handle])["ugc"]
    assert (after["words"], after["email"], after["photos"]) == ("", "", [])
    assert after["consents"]
    assert rights.erase_person([handle]) == {"ugc": False}


def test_a_key_service_that_is_away_keeps_nothing_from_being_erased(
    client: Any, published: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    submission, path = published([photo()], words=WORDS, email=EMAIL)

    def away(*args: object) -> None:
        raise Unavailable

    monkeypatch.setattr(boxes, "_secret", away)
    with django_capture_on_commit_callbacks(execute=True):
        act(client, path, "withdraw")

    submission.refresh_from_db()
    assert submission.erased_at
    assert traces({WORDS}) == []


def test_nothing_is_received_that_cannot_be_sealed(
    client: Any, house: Any, monkeypatch: Any
) -> None:
    def away(*args: object) -> None:
        raise Unavailable

    monkeypatch.setattr(boxes, "_secret", away)
    response = send(client, filled(house, words=WORDS))

    assert response.status_code == 503
    assert not Submission.objects.exists()
