"""After a guest has taken back what they sent, its bytes are nowhere: one proof, of all places."""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django.test import Client
from redis import Redis

from config.celery import app
from sites.models import HomePage
from suites.pages import SuitePage
from tenancy.ids import uuid7
from tenancy.models import ContentVersion
from tenancy.store import wsgi
from tenancy.store.shared import Shared
from tenancy.store.wsgi import PageStore
from tests.traces import files, traces
from tests.ugc.conftest import look
from tests.ugc.sending import HOST, act, filled, link_in, photo, send
from tests.web import get, in_memory, learn_of_change, web_process
from ugc import services
from ugc.models import Consent, DoomedFile, GuestPost, Submission
from ugc.secrets import digest_of
from ugc.selectors.erasure import erasure_of

WORDS = "umapalavraquenaoexiste"
NAME = "Zulmirinha"
EMAIL = "zulmirinha@exemplo.test"
COMMENT = b"escondido-na-foto"
OURS = {WORDS, NAME, EMAIL, COMMENT}


@pytest.fixture
def store(house: Any, tmp_path: Path) -> Iterator[PageStore]:
    with web_process(tmp_path / "pages") as store:
        yield store


@pytest.fixture
def work(monkeypatch: Any) -> Callable[[], int]:
    """Queue tasks as a web process does; return what does the work that waits."""
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    redis = Redis.from_url(django_settings.REDIS_URL)

    def work() -> int:
        count = 0
        while message := redis.rpop("celery"):
            said = json.loads(message)  # type: ignore[arg-type]  # bytes
            args, *_rest = json.loads(base64.b64decode(said["body"]))
            app.tasks[said["headers"]["task"]].run(*args)
            count += 1
        return count

    return work


def received(client: Client, house: Any, **fields: Any) -> tuple[Submission, str]:
    given = filled(house, [photo((400, 300), comment=COMMENT)], name=NAME, email=EMAIL, **fields)
    path = link_in(send(client, given))
    return Submission.objects.get(digest=digest_of(path.rpartition("/")[2])), path


def test_after_a_withdrawal_its_bytes_are_nowhere_and_the_end_is_reported(
    lua, house, client, manager, store, work, tmp_path, settings, monkeypatch,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    settings.CLOUDFLARE_ZONE_ID = "zone"
    monkeypatch.setattr(wsgi, "STALE_SECONDS", 0)
    home = HomePage.objects.get(pk=house.site.root_page_id)
    home.body.append(("guest_photos", {"heading": "Pelos olhos de vocês", "text": ""}))
    home.save()
    before = set(files())

    # what is published is in the database, on the disk, in Redis, in memory, in pages' files
    with django_capture_on_commit_callbacks(execute=True):
        submission, path = received(client, house, words=WORDS)
    assert "redis" not in traces(OURS)
    assert work() == 2
    look(submission.pk, manager)
    services.publish(submission_id=submission.pk, actor=manager, at=submission.created_at)
    (picture,) = GuestPost.objects.get().pictures
    names = [name for name, *_size in picture["files"]]
    drawn = [default_storage.open(name).read()[60:120] for name in names]
    for query in ("", "?", "?nothing=1"):
        assert WORDS in get(store, HOST, query)
    store.files.stop()
    assert WORDS in in_memory(store)
    assert set(traces({WORDS})) == {"ugc_submission", "ugc_guestpost", "redis"}
    assert any(WORDS.encode() in content for content in files(tmp_path).values())
    assert len(traces(drawn)) == 2

    # a second one waits to be read; both are taken back
    with django_capture_on_commit_callbacks(execute=True):
        _second, other_path = received(client, house, words=f"{WORDS} de novo")
        for each in (path, other_path):
            act(client, each, "withdraw")
    learn_of_change(store, lua.pk)
    assert work() > 2

    assert traces({*OURS, *drawn, *names}) == []
    assert set(files()) == before
    assert not any(WORDS.encode() in content for content in files(tmp_path).values())
    assert WORDS not in in_memory(store)
    assert WORDS not in get(store, HOST)
    said = Consent.objects.filter(submission_id=submission.pk)
    assert said.filter(is_given=True).count() == said.filter(is_given=False).count() == 4

    # the CDN is told of a version, and only then it is over
    submission.refresh_from_db()
    assert 'id="apagado"' not in client.get(path).content.decode()
    ContentVersion.objects.filter(tenant_id=lua.pk).update(purged_version=submission.erased_version)
    erasure = erasure_of(submission)
    assert erasure is not None
    assert erasure.is_complete
    assert 'id="apagado"' in client.get(path).content.decode()


def test_what_redis_may_still_keep_is_not_said_to_be_erased(
    client, published, monkeypatch, django_capture_on_commit_callbacks
):
    submission, path = published(words=WORDS)
    monkeypatch.setattr(Shared, "forget", lambda shared, tenant_id: False)
    with django_capture_on_commit_callbacks(execute=True):
        act(client, path, "withdraw")

    submission.refresh_from_db()
    assert submission.erased_at is None


def test_a_house_that_is_removed_leaves_nothing(
    house, published, sent, django_capture_on_commit_callbacks
):
    before = set(files())
    published([photo()], words=WORDS)
    sent([photo()], words=WORDS, email=EMAIL)
    SuitePage.objects.filter(suite_type__property=house).delete()
    with django_capture_on_commit_callbacks(execute=True):
        house.delete()

    assert set(files()) == before
    assert traces(OURS) == []
    assert not Submission.objects.filter(erased_at__isnull=True).exists()


def test_a_company_stays_until_its_last_file_is_deleted(lua, published):
    published([photo()])
    DoomedFile.objects.create(submission_id=uuid7(), name="x")

    with pytest.raises(ProtectedError):
        lua.delete()
