"""What becomes a file, where, and what never does."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenancy.store import files as module
from tenancy.store.files import PageFiles, mark_of
from tenancy.store.filing import KINDS, SLOT, file_of, headers_of, slots_of
from tenancy.store.pages import StoredPage
from tests.tenancy.delivery.conftest import KnownVersions

ORIGIN = "https://lua.example"
LUA = 7
NOW = 1_790_000_500
BODY = b"a page of a motel " * 100


@pytest.fixture(autouse=True)
def _clock(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def page(version: int = 0, **changes: Any) -> StoredPage:
    given = {
        "tenant_id": LUA,
        "version": version,
        "status": 200,
        "headers": tuple(headers_of(KINDS[0], "pt-br")),
        "plain": BODY,
    }
    return StoredPage(**{**given, **changes})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pages"


@pytest.fixture
def write(
    folder: Path, versions: KnownVersions
) -> Iterator[Callable[[str, StoredPage], list[str]]]:
    """Return what offers a page, waits, and says which files a server finds then."""

    def offer(path: str, offered: StoredPage, origin: str = ORIGIN) -> list[str]:
        files = PageFiles(folder, scheme="https", versions=versions)
        files.start()
        files.offer(origin, path, offered)
        files.stop()
        return found(folder)

    return offer


def found(folder: Path) -> list[str]:
    """Return the files that a server finds, by host, slot and name."""
    hosts = folder / "now/hosts"
    return sorted(
        str(Path(root, name).relative_to(hosts))
        for host in (hosts.iterdir() if hosts.exists() else [])
        for root, _folders, names in os.walk(host)
        for name in names
    )


def test_a_page_is_a_file_in_each_coding_in_this_slot_and_the_next(write):
    names = [f"index.html{suffix}" for suffix in ("", ".br", ".gz", ".zst")]
    slots = [NOW // SLOT, NOW // SLOT + 1]
    assert write("/a-casa/", page()) == [
        f"lua.example/{slot}/a-casa/{name}" for slot in slots for name in names
    ]


def test_what_is_too_small_to_compress_is_only_plain(write):
    assert {name.rpartition("/")[2] for name in write("/", page(plain=b"x"))} == {"index.html"}


@pytest.mark.parametrize(
    ("seconds", "slots"), [(400, 0), (499, 0), (500, 1), (1499, 1), (1500, 2), (90_000, 2)]
)
def test_no_file_outlives_its_page(seconds, slots):
    found = slots_of(page(until=NOW + seconds))
    assert len(found) == slots
    assert all((slot + 1) * SLOT <= NOW + seconds for slot in found)


UNFIT = {
    "it is missing": {"status": 404},
    "it depends on the query": {"parameters": ("q",)},
    "it changes soon": {"until": NOW + 10.0},
    "it says how long it is kept": {
        "headers": (*headers_of(KINDS[0], "pt-br"), ("Cache-Control", "public, max-age=60"))
    },
    "it has a header of its own": {"headers": (*headers_of(KINDS[0], "pt-br"), ("X-A", "b"))},
    "it lacks one": {"headers": (("Content-Type", "text/html; charset=utf-8"),)},
    "it is in another language": {"headers": tuple(headers_of(KINDS[0], "es"))},
    "it is of another version": {"version": 3},
}


@pytest.mark.parametrize("changes", UNFIT.values(), ids=UNFIT)
def test_what_a_server_could_not_answer_alike_is_no_file(write, changes):
    assert write("/", page(**changes)) == []


def test_pages_of_another_scheme_are_no_files(write, folder):
    assert write("/", page(), "http://lua.example") == []
    assert list((folder / "now/tenants").iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        "", "a/", "/a", "//", "/a//", "/../", "/a/../", "/./", "/a/./", "/A/", "/ã/", "/a b/",
        "/index.html", "/index.html/", "/a.b/", "/a/index.html", "/%61/", "/a\0/", "/a\n/", "/a/\n",
        "/a\\/", "/-" * 9 + "/", f"/{'a' * 101}/", "/a/" * 9, "/a/?b", "/~a/", "/a;b/",
        "/_style/../site.css", "/_style/zz/site.css", "/_style/ab/other.css",
        "/_style/ab/site.css\n",
    ],
)  # fmt: skip
def test_only_plain_paths_are_files(path):
    assert file_of(path, page()) is None
    assert file_of(path, page(headers=tuple(headers_of(KINDS[1], "pt-br")))) is None


@given(st.text(st.characters(codec="latin-1")) | st.from_regex(r"(/[a-z./%\\-]{0,5}){1,5}/?"))
def test_whatever_the_path_a_file_stays_in_its_folder(path):
    offered = page()
    for kind in KINDS:
        offered.headers = tuple(headers_of(kind, "pt-br"))
        name = file_of(path, offered)
        if name is not None:
            assert os.path.normpath(name) == name
            assert not name.startswith(("/", "."))
            assert len(name) < 1000


def test_a_new_version_is_found_and_the_one_before_is_not(write, folder, versions):
    write("/", page())
    files = PageFiles(folder, scheme="https", versions=versions)
    files.start()
    versions.raise_to(1, LUA)
    assert found(folder) == []
    files.stop()
    assert len(write("/", page(1))) == 8


def test_a_process_that_learns_late_turns_nothing_back(write, folder, versions):
    early, late = versions, KnownVersions()
    files = [PageFiles(folder, scheme="https", versions=each) for each in (early, late)]
    for each in files:
        each.start()
    write("/", page())
    early.raise_to(2, LUA)
    late.raise_to(1, LUA)
    assert (folder / "now/tenants" / str(LUA) / "current").readlink() == Path("2")
    for each in files:
        each.stop()


@pytest.mark.parametrize("true", [5, 1], ids=["newer", "of a backup"])
def test_a_process_that_begins_turns_to_what_is_true(write, folder, versions, true):
    versions.raise_to(3, LUA)
    write("/", page(3))
    restarted = KnownVersions()
    restarted.raise_to(true, LUA)
    PageFiles(folder, scheme="https", versions=restarted).start()
    assert found(folder) == []


def test_other_tenants_files_stay_when_one_publishes(write, folder, versions):
    write("/", page())
    assert len(write("/", page(tenant_id=8), "https://sol.example")) == 16
    files = PageFiles(folder, scheme="https", versions=versions)
    files.start()
    versions.raise_to(1, LUA)
    files.stop()
    assert {name.partition("/")[0] for name in found(folder)} == {"sol.example"}


def test_a_host_that_moves_takes_no_file_along(write, folder):
    write("/", page())
    write("/", page(tenant_id=8, plain=BODY.upper()))
    file = folder / "now/hosts/lua.example" / str(NOW // SLOT) / "index.html"
    assert file.read_bytes().isupper()


def test_where_nothing_can_be_turned_servers_find_nothing(write, folder, versions, monkeypatch):
    write("/", page())
    files = PageFiles(folder, scheme="https", versions=versions)
    files.start()

    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "link", full)
    versions.raise_to(1, LUA)
    assert found(folder) == []
    files.stop()


def test_what_is_over_is_swept(write, folder, versions, time_machine):
    write("/", page())
    versions.raise_to(1, LUA)
    write("/", page(1))
    home = folder / "now/tenants" / str(LUA)
    time_machine.move_to(NOW + SLOT, tick=False)
    files = PageFiles(folder, scheme="https", versions=versions)
    files.start()
    files.stop()
    files.sweep()
    assert {each.name for each in home.iterdir()} == {"1", "current"}
    assert [each.name for each in (home / "1/lua.example").iterdir()] == [str(NOW // SLOT + 1)]


def test_a_file_is_written_once_in_a_slot(write, folder):
    offered = page()
    write("/", offered)
    inodes = {each.stat().st_ino for each in folder.rglob("index.html")}
    again = page(plain=BODY.upper())
    write("/", again)
    assert {each.stat().st_ino for each in folder.rglob("index.html")} == inodes


def test_the_time_of_a_file_is_its_contents_own():
    assert mark_of(page()) == mark_of(page(9, until=NOW + 5.0))
    assert mark_of(page()) != mark_of(page(plain=BODY.upper()))
    assert 1 < mark_of(page()) < 2**31


def test_a_full_queue_loses_nothing_for_good(folder, versions, monkeypatch):
    monkeypatch.setattr(module, "WAITING", 1)
    files = PageFiles(folder, scheme="https", versions=versions)
    first, second = page(), page()
    files.offer(ORIGIN, "/", first)
    files.offer(ORIGIN, "/a/", second)
    assert (first.filed, second.filed) == (NOW // SLOT, 0)
