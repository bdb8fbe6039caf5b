"""No page of one release is answered by another, while one takes the other's place."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from infra.local.checkout import ROOT
from infra.local.locks import wait_until
from tenancy.store import folders
from tenancy.store import release as module
from tenancy.store.files import PageFiles
from tenancy.store.filing import KINDS, headers_of
from tenancy.store.folders import KEPT
from tenancy.store.pages import StoredPage
from tenancy.store.release import files_below, packages, release_of, this_release
from tenancy.store.shared import Shared
from tests.tenancy.store.conftest import LUA, Answer, FakeSite, KnownVersions

Start = Callable[..., PageFiles]
WAIT = 10


def page(version: int = 0) -> StoredPage:
    headers = tuple(headers_of(KINDS[0], "pt-br"))
    return StoredPage(tenant_id=LUA, version=version, status=200, headers=headers, plain=b"a page")


# --- what a release is -----------------------------------------------------------------------


def put(place: Path, text: str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    return place


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("a.py", "templates/a.html", "locale/en/LC_MESSAGES/django.mo", "static/a.css"):
        put(tmp_path / "app" / name, "as it was")
    put(tmp_path / "staticfiles.json", "{}")
    return tmp_path


def digest(project: Path, installed: tuple[str, ...] = ("wagtail-8.0.1.dist-info",)) -> str:
    return release_of([project / "app"], project / "staticfiles.json", installed)


@pytest.mark.parametrize(
    "changed",
    [
        "app/a.py", "app/new.py", "app/templates/a.html",
        "app/locale/en/LC_MESSAGES/django.mo", "staticfiles.json",
    ],
)  # fmt: skip
def test_what_makes_pages_makes_another_release(project, changed):
    before = digest(project)
    put(project / changed, "as it is now")
    assert digest(project) != before


@pytest.mark.parametrize("changed", ["app/static/a.css", "app/locale/en/django.po", "README.md"])
def test_what_makes_no_pages_makes_none(project, changed):
    before = digest(project)
    put(project / changed, "as it is now")
    assert digest(project) == before


def test_a_file_of_another_name_makes_another_release(project):
    before = digest(project)
    (project / "app/a.py").rename(project / "app/b.py")
    assert digest(project) != before


def test_a_package_of_another_version_makes_another_release(project):
    (project / "site/wagtail-8.0.1.dist-info").mkdir(parents=True)
    installed = packages([str(project / "site"), "/nowhere"])
    assert installed == {"wagtail-8.0.1.dist-info"}
    assert digest(project, ("wagtail-8.0.2.dist-info",)) != digest(project, tuple(installed))


def test_a_release_is_the_same_wherever_and_whenever_it_is_installed(project, tmp_path):
    before = digest(project)
    moved = project.rename(tmp_path.with_name("elsewhere"))
    for file in moved.rglob("*"):
        os.utime(file, (1, 1))
    assert digest(moved) == before


def test_this_release_is_made_of_the_projects_own_files_and_packages(monkeypatch):
    asked: list[Any] = []
    monkeypatch.setattr(module, "release_of", lambda *args: asked.extend(args))
    this_release.__wrapped__()
    found, manifest, installed = asked
    names = {str(each.relative_to(ROOT)) for top in found for each in files_below(top)}
    expected = {"config/urls.py", "theme/templates/base.html", "locale/en/LC_MESSAGES/django.mo"}
    assert expected <= names
    assert manifest == settings.STATIC_ROOT / "staticfiles.json"
    assert any(each.startswith("wagtail-") for each in installed)


# --- in Redis --------------------------------------------------------------------------------


def test_two_releases_with_one_redis_share_no_page(new_store: Any, site: FakeSite):
    old, new = (new_store(shared=Shared(settings.REDIS_URL, release=each)) for each in "ab")
    site.body = b"css/main.old.css" * 100
    Answer(old, "/", "", {})
    site.body = b"css/main.new.css" * 100
    assert Answer(new, "/", "", {}).body == site.body

    asked = len(site.asked)
    again = [new_store(shared=Shared(settings.REDIS_URL, release=each)) for each in "ab"]
    bodies = [Answer(each, "/", "", {}).body[:16] for each in again]
    assert bodies == [b"css/main.old.css", b"css/main.new.css"]
    assert len(site.asked) == asked


def test_a_release_does_not_wait_for_what_another_renders(new_store: Any):
    old, new = (Shared(settings.REDIS_URL, release=each) for each in "ab")
    assert old.claim("http://lua", "/")
    assert not new.is_claimed("http://lua", "/")
    assert new.claim("http://lua", "/")


def test_all_releases_count_visits_together(new_store: Any):
    old, new = (Shared(settings.REDIS_URL, release=each) for each in "ab")
    old.count_visits(LUA, {"http://lua/": 1})
    assert new.most_visited(LUA) == ["http://lua/"]


# --- as files --------------------------------------------------------------------------------


@pytest.fixture
def start(tmp_path: Path, versions: KnownVersions) -> Iterator[Start]:
    """Return what starts what a web process of a release has; each may have its own versions."""
    with ExitStack() as stack:

        def started(release: str, known: KnownVersions = versions) -> PageFiles:
            files = PageFiles(tmp_path, scheme="https", versions=known, release=release)
            files.start()
            stack.callback(files.stop)
            return files

        yield started


def served(folder: Path) -> str:
    return (folder / "now").readlink().name


def is_found(folder: Path) -> bool:
    """Say whether a server finds a file."""
    return any((folder / "now/hosts").glob("lua.example/*/index.html"))


def end(files: PageFiles) -> None:
    """End a process, as a kill does: the kernel lets go of what it held."""
    files.stop()
    files._thread = None


def file(files: PageFiles, version: int = 0) -> None:
    files.offer("https://lua.example", "/", page(version))


def test_servers_find_no_file_of_the_release_before(start, tmp_path):
    old = start("old")
    file(old)
    assert wait_until(lambda: is_found(tmp_path), WAIT)
    new = start("new")
    assert not is_found(tmp_path)
    file(new)
    assert wait_until(lambda: is_found(tmp_path), WAIT)
    assert served(tmp_path) == "new"


def test_an_old_process_that_starts_again_turns_nothing_back(start, tmp_path):
    first = start("old")
    start("new")
    end(first)
    again = start("old")
    again.sweep()
    file(again)
    end(again)
    assert served(tmp_path) == "new"
    assert not is_found(tmp_path)
    assert list((tmp_path / "releases/old").rglob("index.html")) == []


def test_publishing_turns_the_files_of_the_release_that_is_served_whoever_hears(start, tmp_path):
    """The process that hears is of the old release, and the new one's are deaf."""
    hears = KnownVersions()
    start("old", hears)
    file(start("new"))
    assert wait_until(lambda: is_found(tmp_path), WAIT)
    hears.raise_to(1)
    assert not is_found(tmp_path)


def test_a_process_that_begins_turns_the_files_of_all_releases(start, tmp_path):
    start("old")
    file(start("new"))
    assert wait_until(lambda: is_found(tmp_path), WAIT)
    knows_more = KnownVersions()
    knows_more.raise_to(5)
    start("old", knows_more)
    assert served(tmp_path) == "new"
    assert not is_found(tmp_path)


def test_the_release_before_is_served_again_when_it_is_started_after_the_new_one_ended(
    start, tmp_path
):
    for release in ("old", "new", "old"):
        end(start(release))
        assert served(tmp_path) == release


def test_who_still_runs_takes_over_from_a_release_that_ended(start, tmp_path):
    old, new = start("old"), start("new")
    old.sweep()
    assert served(tmp_path) == "new"
    end(new)
    old.sweep()
    assert served(tmp_path) == "old"


def releases(folder: Path) -> set[str]:
    return {each.name for each in (folder / "releases").iterdir()}


def test_a_release_is_removed_an_hour_after_its_last_process(start, tmp_path):
    old, new = start("old"), start("new")
    left = tmp_path / "releases/old"
    os.utime(left, (time.time() - KEPT - 1,) * 2)
    new.sweep()
    assert releases(tmp_path) == {"old", "new"}, "it is run"
    end(old)
    os.utime(left, (time.time() - KEPT + 60,) * 2)
    new.sweep()
    assert releases(tmp_path) == {"old", "new"}, "it may only be restarted"
    os.utime(left, (time.time() - KEPT - 1,) * 2)
    new.sweep()
    assert releases(tmp_path) == {"new"}


def test_what_old_releases_have_of_times_that_are_over_is_swept(start, tmp_path):
    old = start("old")
    file(old)
    assert wait_until(lambda: is_found(tmp_path), WAIT)
    host = tmp_path / "releases/old/tenants" / str(LUA) / "0/lua.example"
    wait_until(lambda: len(list(host.iterdir())) == 2, WAIT)
    for slot in sorted(host.iterdir()):
        slot.rename(slot.with_name(str(int(slot.name) - 9)))
    start("new").sweep()
    assert list(host.iterdir()) == []


def test_a_folder_that_was_emptied_is_taken_up_again(start, tmp_path):
    files = start("new")
    (tmp_path / "releases").rename(tmp_path / "elsewhere")
    (tmp_path / "now").unlink()
    files.sweep()
    file(files)
    assert wait_until(lambda: is_found(tmp_path), WAIT)


def test_where_the_release_cannot_be_turned_servers_find_nothing(start, tmp_path, monkeypatch):
    file(start("old"))
    assert wait_until(lambda: is_found(tmp_path), WAIT)

    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "link", full)
    start("new")
    assert not (tmp_path / "now").is_symlink()
