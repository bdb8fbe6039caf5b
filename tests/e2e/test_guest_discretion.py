"""A visit leaves no trace: nothing in the browser, nothing at anybody else's."""

import re
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

from infra.guests.browser import load_whole
from infra.guests.pages import NOT_FOUND, GuestPage, published
from tests.e2e.conftest import Live

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

STRICT = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'"}
LEFT_BEHIND = """async () => ({
    cookie: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookie": "", "local": {}, "session": {}, "databases": 0, "caches": 0, "workers": 0}


def ask(live: Live, host: str, path: str, cookie: str = "") -> tuple[int, bytes, dict[str, str]]:
    headers = {"Host": f"{host}:{live.port}"} | ({"Cookie": cookie} if cookie else {})
    request = Request(f"http://127.0.0.1:{live.port}{path}", headers=headers)
    try:
        with urlopen(request, timeout=60) as response:
            return response.status, response.read(), dict(response.headers.items())
    except HTTPError as error:
        return error.code, error.read(), dict(error.headers.items())


def policy(header: str) -> dict[str, str]:
    """Return a content security policy's directives."""
    return dict(part.strip().split(" ", 1) for part in header.split(";") if " " in part.strip())


def visit(tab: Page, live: Live, page: GuestPage) -> dict[str, object]:
    """Look at all of a page; return whom it asked, and what it left in the browser."""
    asked: set[str] = set()
    complaints: list[str] = []
    tab.on("request", lambda request: asked.add(request.url.split("/")[2]))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(live.at(page))
    load_whole(tab)
    if page.kind == NOT_FOUND:  # of which the browser tells
        complaints = [text for text in complaints if "status of 404" not in text]
    left = tab.evaluate(LEFT_BEHIND)
    return {"hosts": asked, "complaints": complaints, "left": left, "jar": tab.context.cookies()}


def test_pages_ask_nobody_else_and_leave_nothing(
    showroom: Live, open_tab: Callable[..., Page]
) -> None:
    traces = {}
    for page in showroom.pages:
        tab = open_tab()
        traces[page] = visit(tab, showroom, page)
        tab.context.close()

    clean = {"complaints": [], "left": NOTHING, "jar": []}
    own = {page: {"hosts": {f"{page.host}:{showroom.port}"}, **clean} for page in traces}
    assert traces == own


def test_pages_are_the_same_bytes_for_everybody(showroom: Live) -> None:
    unlike = []
    for page in showroom.pages:
        alone = ask(showroom, page.host, page.path)
        marked = ask(showroom, page.host, page.path, "alcova_session=a; alcova_csrf=b; visit=2")
        if alone[:2] != marked[:2]:
            unlike.append(page)

    assert unlike == []


def test_pages_come_with_strict_policies_and_no_cookie(showroom: Live) -> None:
    for page in showroom.pages:
        _status, _body, headers = ask(showroom, page.host, page.path)
        found = policy(headers["content-security-policy"])
        assert {name: found[name] for name in STRICT} == STRICT, page
        assert "unsafe" not in headers["content-security-policy"], page
        assert headers["referrer-policy"] == "no-referrer", page
        assert "set-cookie" not in {name.lower() for name in headers}, page


def test_every_link_inside_a_site_leads_somewhere(showroom: Live) -> None:
    pages = [page for page in published(showroom.dsn) if page.kind != NOT_FOUND]
    waiting = {(page.host, page.path) for page in pages}
    seen: set[tuple[str, str]] = set()
    broken = []

    while waiting:
        host, path = waiting.pop()
        seen.add((host, path))
        status, body, headers = ask(showroom, host, path)
        if status != 200:
            broken.append((host, path, status))
        if headers["content-type"].startswith(("text/html", "application/xml", "text/xml")):
            waiting |= {(host, found) for found in links(body, path)} - seen

    assert broken == []


def links(body: bytes, path: str) -> set[str]:
    """Return the addresses on the same host that a page or a sitemap names, without queries."""
    text = body.decode()
    found = re.findall(r'<(?:a|link)\b[^>]*?\bhref="([^"]+)"', text)
    found += re.findall(r"<loc>([^<]+)</loc>", text)
    parts = [urlsplit(urljoin(f"http://here{path}", href)) for href in found]
    return {part.path for part in parts if part.hostname == "here"}
