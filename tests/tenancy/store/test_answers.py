"""How the store answers: what is new, heads, parts (RFC 9110)."""

import pytest


@pytest.fixture
def etag(ask) -> str:
    return str(ask().headers["ETag"])


@pytest.mark.parametrize("written", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_the_page_is_told_that_nothing_is_new(ask, etag, written):
    answer = ask(HTTP_IF_NONE_MATCH=written.format(etag))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["ETag"] == etag
    assert "Content-Length" not in answer.headers
    assert "Content-Type" not in answer.headers


def test_who_has_it_in_another_coding_has_it(ask, etag):
    answer = ask(HTTP_IF_NONE_MATCH=etag, HTTP_ACCEPT_ENCODING="br")
    assert answer.status == 304


def test_who_has_something_else_gets_the_page(ask, site):
    assert ask(HTTP_IF_NONE_MATCH='"something-else"').body == site.body


def test_a_head_is_the_page_without_its_body(ask, site):
    for _kept in (False, True):
        answer = ask(method="HEAD")
        assert (answer.status, answer.body) == (200, b"")
        assert answer.headers["Content-Length"] == str(len(site.body))


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=1490-", 1490, 1500),
        ("bytes=-10", 1490, 1500),
        ("bytes=1495-9999", 1495, 1500),
        ("bytes=-9999", 0, 1500),
    ],
)
def test_a_part_is_sent(ask, site, etag, asked, first, end):
    answer = ask(HTTP_RANGE=asked)
    assert (answer.status, answer.body) == (206, site.body[first:end])
    assert answer.headers["Content-Range"] == f"bytes {first}-{end - 1}/1500"
    assert answer.headers["Content-Length"] == str(end - first)


def test_of_a_head_there_are_no_parts(ask, etag):
    answer = ask(method="HEAD", HTTP_RANGE="bytes=0-9")
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("asked", ["bytes=1500-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(ask, etag, asked):
    answer = ask(HTTP_RANGE=asked)
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */1500"


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=a-b", "", "bytes=0-" + "9" * 5000],
)
def test_what_is_not_one_part_is_the_whole(ask, site, etag, asked):
    answer = ask(HTTP_RANGE=asked)
    assert (answer.status, answer.body) == (200, site.body)


def test_a_part_of_something_older_is_the_whole(ask, site, etag):
    assert ask(HTTP_RANGE="bytes=0-9", HTTP_IF_RANGE=etag).status == 206
    assert ask(HTTP_RANGE="bytes=0-9", HTTP_IF_RANGE='"older"').body == site.body


def test_browsers_ask_again_and_nobody_else_keeps_it(ask):
    assert ask().headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_cdn_keeps_it_for_as_long_as_it_is_told_of_changes(ask, settings):
    settings.CDN_SECONDS = 600
    policy = ask().headers["Cache-Control"]
    assert "s-maxage=600" in policy
    assert "stale-while-revalidate=" in policy
    assert "stale-if-error=" in policy


def test_a_cdn_keeps_nothing_past_the_instant_at_which_it_changes(
    ask, settings, site, time_machine
):
    time_machine.move_to(1_000_000, tick=False)
    settings.CDN_SECONDS = 600
    site.until = 1_000_100.0
    ask()
    time_machine.move_to(1_000_070, tick=False)
    policy = ask().headers["Cache-Control"]
    assert "s-maxage=30" in policy
    assert "stale-while-revalidate" not in policy


def test_what_a_view_says_of_its_life_stands(ask, site):
    site.headers.append(("Cache-Control", "public, max-age=31536000, immutable"))
    assert ask().headers["Cache-Control"] == "public, max-age=31536000, immutable"
