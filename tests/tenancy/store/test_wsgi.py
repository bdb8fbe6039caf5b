"""What is kept, for whom, and until when; and what nobody can make the store do."""

import threading
import tracemalloc

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from redis import Redis

from tenancy.store import wsgi
from tests.tenancy.store.conftest import Answer


def test_a_page_is_rendered_once(ask, site):
    bodies = {ask("/suites/").body for _ in range(3)}
    assert (bodies, len(site.asked)) == ({site.body}, 1)


def test_another_process_finds_it_in_redis(new_store, site):
    for _process in range(3):
        assert Answer(new_store(), "/", "", {}).body == site.body
    assert len(site.asked) == 1


def test_hosts_do_not_share_pages(ask, site):
    ask()
    ask(HTTP_HOST="sol.localhost")
    ask(HTTP_HOST="LUA.localhost.")
    assert len(site.asked) == 2


def test_a_page_is_rendered_again_after_a_change(ask, site, versions):
    ask()
    versions.raise_to(1)
    site.body = b"new"
    assert ask().body == b"new"


def test_a_change_of_one_tenant_costs_no_other_a_page(ask, site, versions):
    ask()
    versions.raise_to(5, tenant_id=8)
    ask()
    assert len(site.asked) == 1


def test_a_page_that_was_rendered_while_its_content_changed_is_not_served_again(
    ask, site, versions
):
    site.meanwhile = lambda: versions.raise_to(len(site.asked))
    ask()
    site.meanwhile = lambda: None
    ask()
    ask()
    assert len(site.asked) == 2


def test_a_page_is_not_served_past_its_time(ask, site, time_machine):
    time_machine.move_to(1_000_000, tick=False)
    site.until = 1_000_010.0
    ask()
    time_machine.move_to(1_000_009.9, tick=False)
    ask()
    assert len(site.asked) == 1
    time_machine.move_to(1_000_010, tick=False)
    site.until = None
    ask()
    assert len(site.asked) == 2


@pytest.mark.parametrize("query", ["utm_source=x", "fbclid=1&gclid=2", "q=", "=", "&&", "q"])
def test_parameters_that_nobody_declared_change_nothing(ask, site, query):
    site.parameters = ("q",)
    ask()
    ask("/", query)
    assert len(site.asked) == 1


def test_a_page_that_was_first_asked_for_by_a_campaign_is_kept_for_all(ask, site):
    ask("/", "utm_source=x")
    ask()
    assert len(site.asked) == 1


def test_declared_parameters_are_pages_of_their_own(ask, site):
    site.parameters = ("q", "tem")
    for query in ("", "q=a", "q=b", "tem=1&tem=2", "tem=2&tem=1"):
        ask("/", query)
    assert len(site.asked) == 5
    ask("/", "tem=1&utm=3&q=&tem=2")
    assert len(site.asked) == 5


def test_searches_are_in_no_shared_place(new_store, site):
    site.parameters = ("q",)
    for _process in range(2):
        Answer(new_store(), "/", "q=a", {})
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "headers", [{"HTTP_COOKIE": "a=b"}, {"HTTP_AUTHORIZATION": "Bearer x"}], ids=["cookie", "token"]
)
def test_what_somebody_known_is_answered_is_nobody_elses(ask, site, headers):
    assert ask(**headers).body == site.body
    ask()
    assert len(site.asked) == 2
    ask(**headers)  # what is everybody's is theirs, too
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "a=b"),
        ("Cache-Control", "private"),
        ("Cache-Control", "no-store"),
        ("cache-control", "max-age=0, no-cache"),
        ("Vary", "Cookie"),
        ("vary", "accept-language"),
        ("Content-Encoding", "gzip"),
    ],
)
def test_what_says_that_it_is_not_everybodys_is_not_kept(ask, site, header):
    site.headers.append(header)
    ask()
    ask()
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "status",
    [
        "201 Created",
        "301 Moved Permanently",
        "403 Forbidden",
        "500 Internal Server Error",
        "503 Service Unavailable",
    ],
)
def test_only_pages_are_kept(ask, site, status):
    site.status = status
    assert ask().status == int(status[:3])
    ask()
    assert len(site.asked) == 2


def test_what_no_view_has_said_anything_of_is_not_kept(ask, site):
    site.parameters = None
    ask()
    site.tenant_id = None
    ask()
    assert len(site.asked) == 2


def test_an_address_that_leads_nowhere_is_remembered_for_seconds(ask, site, time_machine):
    time_machine.move_to(1_000_000, tick=False)
    site.status = "404 Not Found"
    assert [ask("/nada").status for _ in range(2)] == [404, 404]
    assert len(site.asked) == 1
    time_machine.move_to(1_000_000 + wsgi.MISSING_SECONDS, tick=False)
    ask("/nada")
    assert len(site.asked) == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PURGE"])
def test_other_methods_are_never_answered_from_the_store(ask, site, method):
    ask()
    ask(method=method)
    assert len(site.asked) == 2


@pytest.mark.parametrize("path", ["/admin/", "/admin", "/api/v1/tenant", "/previa/x/", "/media/a"])
def test_what_is_never_a_guests_page_is_left_alone(ask, site, path):
    ask(path)
    assert "alcova.draft" not in site.asked[0]


def test_nothing_is_kept_or_served_before_the_versions_are_known(new_store, site, versions):
    versions._ready.clear()
    store = new_store()
    for _ in range(2):
        Answer(store, "/", "", {})
    assert len(site.asked) == 2


@pytest.mark.parametrize("kept", [b"", b"{}\n", b"no JSON\n", b'{"tenant": 1}\nx', b"[]\n"])
def test_what_cannot_be_read_is_rendered(new_store, site, kept):
    Answer(new_store(), "/", "", {})
    redis = Redis.from_url(settings.REDIS_URL)
    (name,) = redis.keys("page:*http://lua.localhost/")
    redis.set(name, kept)
    assert Answer(new_store(), "/", "", {}).body == site.body
    assert len(site.asked) == 2


# --- hostile clients ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "lua.localhost:81",
        "lua.localhost:",
        "lua.localhost:80",
        "lua.localhost:080",
        "lua.localhost:80:80",
        "lua.localhost:" + "8" * 5000,
        "a" * 5000,
        "",
        "[::1]",
        "a b",
        "lua.localhost:08x",
    ],
)
def test_an_answer_at_another_port_or_host_is_its_askers_own(ask, site, host):
    ask(HTTP_HOST=host)
    ask()
    assert len(site.asked) == 2


def test_forwarded_headers_are_believed_only_behind_a_proxy(new_store, site):
    forged = {"HTTP_X_FORWARDED_HOST": "sol.localhost", "HTTP_X_FORWARDED_PROTO": "https"}
    plain, proxied = new_store(), new_store(is_behind_proxy=True, port=443)
    Answer(plain, "/", "", dict(forged))
    Answer(plain, "/", "", {})
    assert len(site.asked) == 1
    Answer(proxied, "/", "", dict(forged))
    assert len(site.asked) == 2
    assert proxied.find("https://sol.localhost", "/", "")
    assert proxied.find("https://lua.localhost", "/", "") is None


def test_a_page_over_one_scheme_is_not_answered_over_the_other(new_store, site):
    store = new_store()
    Answer(store, "/", "", {})
    assert store.find("https://lua.localhost", "/", "") is None


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    query=st.text(max_size=200),
    path=st.text(max_size=200).map(lambda text: f"/{text}"),
    host=st.text(max_size=300),
    accepted=st.text(max_size=400),
)
def test_no_address_breaks_the_store(ask, site, query, path, host, accepted):
    answer = ask(path, query, HTTP_HOST=host, HTTP_ACCEPT_ENCODING=accepted, HTTP_RANGE=accepted)
    assert answer.status in {200, 206, 416}


@pytest.mark.parametrize(("path", "query"), [("/" + "a" * 3000, ""), ("/", "q=" + "a" * 3000)])
def test_an_endless_address_is_part_of_no_key(new_store, site, path, query):
    store, site.parameters = new_store(), ("q",)
    Answer(store, path, query, {})
    assert Redis.from_url(settings.REDIS_URL).dbsize() == len(store.pages) == len(store.others) == 0


def test_nothing_of_an_endless_header_is_remembered(ask, site):
    ask(HTTP_HOST="a" * 5000)
    ask(HTTP_ACCEPT_ENCODING="a" * 5000)
    tracemalloc.start()
    for number in range(20):
        ask(HTTP_HOST=f"{number}" + "a" * 100_000)
        ask(HTTP_ACCEPT_ENCODING=f"{number}" + "a" * 100_000)
    site.asked.clear()
    remembered, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert remembered < 1_000_000


def test_made_up_searches_and_addresses_drive_out_no_page(store, ask, site):
    site.parameters = ("q",)
    site.body = bytes(20_000)
    ask()
    for number in range(200):
        ask("/", f"q={number}")
    site.status = "404 Not Found"
    for number in range(200):
        ask(f"/{number}")
    before = len(site.asked)
    assert ask().status == 200
    assert len(site.asked) == before
    assert store.others.used <= 1_000_000 // 8


# --- several at once ------------------------------------------------------------------------


def test_while_one_renders_after_a_change_others_show_the_page_as_it_just_was(
    new_store, site, versions
):
    first, second = new_store(), new_store()
    for store in (first, second):
        Answer(store, "/", "", {})
    old, site.body = site.body, b"new"
    versions.raise_to(1)
    found: list[bytes] = []
    site.meanwhile = lambda: found.append(Answer(second, "/", "", {}).body) if not found else None
    assert Answer(first, "/", "", {}).body == b"new"
    assert found == [old]
    assert Answer(second, "/", "", {}).body == b"new"


def test_a_page_as_it_just_was_is_nothing_that_a_cdn_may_keep(new_store, site, versions, settings):
    settings.CDN_SECONDS = 3600
    first, second = new_store(), new_store()
    for store in (first, second):
        assert "s-maxage=3600" in Answer(store, "/", "", {}).headers["Cache-Control"]
    versions.raise_to(1)
    found: list[str] = []

    def ask_second() -> None:
        found.append(Answer(second, "/", "", {}).headers["Cache-Control"])

    site.meanwhile = lambda: ask_second() if not found else None
    Answer(first, "/", "", {})
    assert "s-maxage=0" in found[0]


def test_who_has_waited_too_long_leaves_the_claim_to_whose_it_is(new_store, monkeypatch):
    monkeypatch.setattr(wsgi, "PATIENCE", 0)
    host = "http://lua.localhost"
    store, other = new_store(), new_store()
    assert other.shared.claim(host, "/")
    Answer(store, "/", "", {})
    assert other.shared.is_claimed(host, "/")


def test_who_waits_gets_what_another_has_rendered(new_store, site, versions, monkeypatch):
    monkeypatch.setattr(wsgi, "STALE_SECONDS", 0)
    monkeypatch.setattr(wsgi, "PATIENCE", 10)
    first, second = new_store(), new_store()
    for store in (first, second):
        Answer(store, "/", "", {})
    versions.raise_to(1)
    site.body, asked = b"new", len(site.asked)
    found: list[bytes] = []
    waiting = threading.Thread(target=lambda: found.append(Answer(second, "/", "", {}).body))
    site.meanwhile = lambda: waiting.start() if waiting.ident is None else None
    Answer(first, "/", "", {})
    waiting.join()
    assert (found, len(site.asked) - asked) == ([b"new"], 1)


def test_who_has_waited_long_enough_renders(new_store, site, versions, monkeypatch):
    monkeypatch.setattr(wsgi, "STALE_SECONDS", 0)
    store = new_store()
    Answer(store, "/", "", {})
    versions.raise_to(1)
    assert new_store().shared.claim("http://lua.localhost", "/")  # and never does
    site.body = b"new"
    assert Answer(store, "/", "", {}).body == b"new"


def test_a_page_that_nobody_has_yet_is_rendered_by_one(new_store, site, monkeypatch):
    monkeypatch.setattr(wsgi, "PATIENCE", 10)
    first, second = new_store(), new_store()
    found: list[bytes] = []
    waiting = threading.Thread(target=lambda: found.append(Answer(second, "/", "", {}).body))
    site.meanwhile = lambda: waiting.start() if waiting.ident is None else None
    Answer(first, "/", "", {})
    waiting.join()
    assert (found, len(site.asked)) == ([site.body], 1)


@pytest.mark.parametrize("status", ["302 Found", "403 Forbidden", "404 Not Found"])
def test_nobody_waits_for_what_is_not_kept(new_store, site, monkeypatch, status):
    monkeypatch.setattr(wsgi.time, "sleep", None)
    site.status = status
    for _request in range(3):
        assert Answer(new_store(), "/x", "", {}).status == int(status[:3])


def test_nobody_waits_for_a_rendering_that_has_failed(new_store, site, monkeypatch):
    monkeypatch.setattr(wsgi.time, "sleep", None)

    def fail() -> None:
        raise ZeroDivisionError

    site.meanwhile = fail
    with pytest.raises(ZeroDivisionError):
        Answer(new_store(), "/", "", {})
    site.meanwhile = lambda: None
    assert Answer(new_store(), "/", "", {}).body == site.body
