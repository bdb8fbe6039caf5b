"""After what a guest said is erased, no page that showed it is left anywhere."""

import pytest
from django.utils import timezone
from wagtail.models import Site

from privacy import rights
from privacy.rights import Handle
from reviews.blocks import ReviewsBlock
from reviews.enums import Source
from reviews.models import Location, Review
from reviews.rules.files import read as lines_of
from reviews.services import erasing, filing, reading
from tenancy.models import Property
from tenancy.store import wsgi
from tenancy.store.shared import Shared
from tests.reviews.houses import connect, say, tied
from tests.traces import files, traces
from tests.web import get, in_memory, learn_of_change, web_process

pytestmark = pytest.mark.django_db

HOST = "lua.localhost"
WORDS = "umapalavraquenaoexiste"
FILE = f"data;nota;texto\n2026-11-01;5;{WORDS}\n2026-11-02;5;Outra coisa"


@pytest.fixture
def store(lua_scope, clock, tmp_path, monkeypatch):
    """Return a web process, on whose home page reviews are shown."""
    monkeypatch.setattr(wsgi, "STALE_SECONDS", 0)
    home = Site.objects.get(hostname=HOST).root_page.specific
    home.body = [("reviews", ReviewsBlock().normalize({"heading": "Quem veio", "text": ""}))]
    home.save_revision().publish()
    with web_process(tmp_path / "pages") as store:
        yield store


@pytest.fixture
def place(google, lua_scope):
    place = google.add_location("10")
    say(place, "a", original=WORDS)
    say(place, "b", "c")
    connect(google, "1")
    read(tied(google))
    return place


@pytest.fixture
def filed(lua_scope, clock):
    house = Property.objects.get(slug="lua")
    filing.take(house=house, filed=lines_of(FILE.encode(), today=clock.pass_().date()), at=now())
    return house


@pytest.fixture
def forgotten(monkeypatch):
    """Return the tenants whose pages were forgotten, each time."""
    found = []
    monkeypatch.setattr(Shared, "forget", lambda shared, tenant_id: found.append(tenant_id))
    return found


now = timezone.now


def read(location):
    Location.objects.filter(pk=location.pk).update(sweep_due_at=now())
    reading.read(location_id=str(location.pk))


def on_demand(place, google, clock):
    rights.erase_person([Handle("review", Review.objects.get(key="a").pk)])


def by_time(place, google, clock):
    clock.pass_(days=31)
    erasing.expire(at=now())


def by_google(place, google, clock):
    google.delete(place, "a")
    clock.pass_(minutes=1)
    read(Location.objects.get())


def by_another_file(house):
    other = FILE.replace(WORDS, "Outras palavras")
    filing.take(house=house, filed=lines_of(other.encode(), today=now().date()), at=now())


def by_no_file(house):
    filing.drop(file=Location.objects.get(source=Source.FILE))


def check_that_all_is_gone(store, folder, lua, erase, callbacks):
    assert WORDS in get(store, HOST)
    store.files.stop()
    assert set(traces({WORDS})) == {"reviews_review", "redis"}
    assert any(WORDS.encode() in content for content in files(folder).values())

    with callbacks(execute=True):
        erase()
    learn_of_change(store, lua.pk)

    assert traces({WORDS}) == []
    assert not any(WORDS.encode() in content for content in files(folder).values())
    assert WORDS not in in_memory(store)
    assert WORDS not in get(store, HOST)


@pytest.mark.parametrize("erase", [on_demand, by_time, by_google])
def test_after_an_erasure_the_words_are_nowhere(
    erase, place, google, clock, store, lua, tmp_path, django_capture_on_commit_callbacks
):
    check_that_all_is_gone(
        store, tmp_path, lua, lambda: erase(place, google, clock),
        django_capture_on_commit_callbacks,
    )  # fmt: skip


@pytest.mark.parametrize("erase", [by_another_file, by_no_file])
def test_what_a_file_no_longer_says_is_nowhere(
    erase, filed, store, lua, tmp_path, django_capture_on_commit_callbacks
):
    check_that_all_is_gone(
        store, tmp_path, lua, lambda: erase(filed), django_capture_on_commit_callbacks
    )


def test_pages_are_forgotten_once_however_many_reviews_expire(
    place, clock, lua, forgotten, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(erasing, "BATCH", 1)
    at = clock.pass_(days=31)
    with django_capture_on_commit_callbacks(execute=True):
        assert erasing.expire(at=at) == 3

    assert forgotten == [lua.pk]


def test_what_was_erased_before_a_run_broke_off_is_forgotten_too(
    place, clock, lua, forgotten, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(erasing, "BATCH", 1)
    known = erasing.refresh_all
    turns = iter([known])
    monkeypatch.setattr(erasing, "refresh_all", lambda locations: next(turns)(locations))
    at = clock.pass_(days=31)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(StopIteration):
        erasing.expire(at=at)

    assert forgotten == [lua.pk]


def test_a_run_that_erases_nothing_forgets_nothing(
    place, clock, forgotten, django_capture_on_commit_callbacks
):
    clock.pass_(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        erasing.expire(at=now())
        read(Location.objects.get())

    assert forgotten == []
