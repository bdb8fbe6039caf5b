"""What is kept of a page, in which codings it is sent, and how much of it fits into memory."""

import gzip
import time

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tenancy.store import pages
from tenancy.store.memory import Memory
from tenancy.store.pages import StoredPage, best_coding

HTML = (("Content-Type", "text/html; charset=utf-8"),)
BODY = "suíte ".encode() * 500
DECODE = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    "identity": lambda body: body,
}


def page(body: bytes = BODY, **fields: object) -> StoredPage:
    values = {"tenant_id": 7, "version": 1, "status": 200, "headers": HTML, "plain": body}
    return StoredPage(**{**values, **fields})  # type: ignore[arg-type]  # tests' own


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate, zstd", "zstd"),
        ("GZIP", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0", "identity"),
        ("*", "br"),
        ("*;q=0.5, gzip", "gzip"),
        ("identity", "identity"),
        ("deflate", "identity"),
        ("gzip;q=often", "identity"),
        ("gzip;level=9", "gzip"),
        ("br," * 1000, "identity"),
    ],
)
def test_the_best_coding_that_a_client_accepts(accepted, coding):
    assert best_coding(accepted) == coding


@pytest.mark.parametrize("coding", DECODE)
def test_a_page_is_the_same_in_every_coding(coding):
    headers, body = page().form(coding)
    said = dict(headers)
    assert DECODE[coding](body) == BODY
    assert said.get("Content-Encoding", "identity") == coding
    assert said["Content-Length"] == str(len(body))
    assert said["Vary"] == "Accept-Encoding"


def test_each_coding_has_a_tag_of_its_own():
    found = page()
    assert len({dict(found.form(coding)[0])["ETag"] for coding in DECODE}) == len(DECODE)


def test_what_is_small_is_not_compressed():
    headers, body = page(b"small").form("br")
    assert (dict(headers).get("Content-Encoding"), body) == (None, b"small")


def test_a_page_comes_back_from_redis_as_it_was():
    kept = page(parameters=("q",), until=123.5)
    found = StoredPage.from_bytes(kept.to_bytes())
    assert (found, found.body) == (kept, BODY)


def test_a_page_from_redis_is_sent_as_it_was_kept(monkeypatch):
    found = StoredPage.from_bytes(page().to_bytes())
    monkeypatch.setattr(pages, "UNPACK", None)
    monkeypatch.setattr(pages, "CODINGS", {"br": True})
    assert brotli.decompress(found.form("br")[1]) == BODY


def test_a_page_lives_as_long_as_its_version_and_its_time():
    assert page().lives(1)
    assert not page().lives(2)
    assert page(until=time.time() + 60).lives(1)
    assert not page(until=time.time()).lives(1)


@given(sizes=st.lists(st.integers(0, 4000), max_size=60))
def test_memory_never_holds_more_than_it_may(sizes):
    memory = Memory(10_000)
    for number, size in enumerate(sizes):
        memory.put(("http://lua", f"/{number}", ""), page(bytes(size)))
        assert memory.used <= 10_000
    kept = (memory.get(("http://lua", f"/{number}", "")) for number in range(len(sizes)))
    assert memory.used == sum(found.size for found in kept if found)


def test_memory_lets_go_of_what_was_not_used_longest():
    memory = Memory(3 * page().size)
    keys = [("http://lua", path, "") for path in "abcd"]
    for key in keys[:3]:
        memory.put(key, page())
    assert memory.get(keys[0])
    memory.put(keys[3], page())
    assert [memory.get(key) is not None for key in keys] == [True, False, True, True]


def test_memory_does_not_empty_itself_for_what_never_fits():
    memory = Memory(2 * page().size)
    memory.put(("http://lua", "/", ""), page())
    memory.put(("http://lua", "/huge", ""), page(bytes(100_000)))
    assert len(memory) == 1


def test_a_page_in_all_codings_takes_no_more_than_was_counted():
    found = page()
    sizes = [len(found.form(coding)[1]) for coding in DECODE]
    assert sum(sizes) <= found.size


def test_pictures_are_not_compressed():
    found = page(headers=(("Content-Type", "image/png"),))
    assert found.form("br")[1] == BODY
