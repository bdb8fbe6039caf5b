"""The outermost layer of the web server: what is kept is answered before Django is asked.

Found in this process's memory, a page costs a look-up and a `send`; found in Redis, one message.
Whatever is unclear about a request is left to Django, whose answer is kept only where a view has
said that it may be.
"""

import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from tenancy.hosts import LONGEST, BadHost, normalise
from tenancy.store.answers import StartResponse, answer
from tenancy.store.files import PageFiles
from tenancy.store.keeping import DRAFT, Draft, reduced
from tenancy.store.memory import Key, Memory
from tenancy.store.pages import Header, StoredPage
from tenancy.store.shared import Shared
from tenancy.store.tags import tags_of
from tenancy.store.versions import Versions

Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

SAFE = ("GET", "HEAD")
NEVER_KEPT = (
    "/admin",
    "/api/",
    "/documents/",
    "/media/",
    "/portaria/",
    "/previa/",
    "/static/",
    "/_health",
)
LONGEST_ADDRESS = 2000
"""Characters of a path and a query; what is longer is no guest's, and nowhere part of a key."""
MISSING_SECONDS = 5.0
"""How long it is remembered that an address leads nowhere."""
STALE_SECONDS = 0.5
"""How long after a change some may see the page as it was, while one process renders it."""
PATIENCE = 0.1
"""Seconds that a request waits for another process's rendering."""
USUAL_PORTS = {"http": 80, "https": 443}
LAST_HEADERS = {"Content-Encoding", "Content-Length", "Date", "ETag", "Vary"}
"""What is said anew of each form in which a page is sent."""


class PageStore:
    """A WSGI application around Django's."""

    def __init__(
        self,
        application: Application,
        *,
        shared: Shared,
        versions: Versions,
        port: int,
        memory_limit: int,
        is_behind_proxy: bool = False,
        files: PageFiles | None = None,
    ) -> None:
        self.application = application
        self.shared = shared
        self.versions = versions
        self.port = port
        self.is_behind_proxy = is_behind_proxy
        self.files = files
        self.pages = Memory(memory_limit)
        # Apart, so that whoever makes up addresses or searches cannot drive out any page.
        self.others = Memory(memory_limit // 8)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in SAFE or path.startswith(NEVER_KEPT):
            return self.application(environ, start_response)
        host, query = self.origin_of(environ), environ.get("QUERY_STRING", "")
        is_long = len(path) + len(query) > LONGEST_ADDRESS
        if host is None or is_long or not self.versions.are_known:
            return self.application(environ, start_response)
        page = self.find(host, path, query)
        if page is not None:
            page.hits += 1
            if self.files is not None:
                self.files.offer(host, path, page)
            return answer(page, environ, start_response)
        return self.render(host, path, environ, start_response)

    def origin_of(self, environ: dict[str, Any]) -> str | None:
        """Return scheme and host, as Django would understand them."""
        scheme, host = environ.get("wsgi.url_scheme", "http"), environ.get("HTTP_HOST", "")
        if self.is_behind_proxy:
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", scheme)
            host = environ.get("HTTP_X_FORWARDED_HOST", host)
        return origin(scheme, host, self.port)

    # --- what is kept -----------------------------------------------------------------------

    def find(self, host: str, path: str, query: str) -> StoredPage | None:
        """Return what is kept for an address and shows what is true now."""
        page = self._page(host, path)
        if not query:
            return page or self._living(self.others.get((host, path, "")))
        if page is None:
            return None
        rest = reduced(parse_qs(query).items(), page.parameters)
        return self._living(self.others.get((host, path, rest))) if rest else page

    def _page(self, host: str, path: str) -> StoredPage | None:
        key = (host, path, "")
        page = self._living(self.pages.get(key))
        if page is None and (page := self._living(self.shared.get(host, path))):
            self.pages.put(key, page)
        return page

    def _living(self, page: StoredPage | None) -> StoredPage | None:
        return page if page and page.lives(self.versions.of(page.tenant_id)) else None

    def forget_old(self) -> None:
        """Let go of what shows content as it was, but for what some may yet see meanwhile."""
        for memory in (self.pages, self.others):
            memory.forget(self._is_over)

    def _is_over(self, page: StoredPage) -> bool:
        is_outdated = page.version != self.versions.of(page.tenant_id)
        return is_outdated and self.versions.age(page.tenant_id) >= STALE_SECONDS

    # --- what is rendered ---------------------------------------------------------------------

    def render(
        self, host: str, path: str, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer what another process is just rendering, or else let Django render it."""
        query = environ.get("QUERY_STRING", "")
        if query:
            return self.ask_django(host, path, environ, start_response)
        is_ours = self.shared.claim(host, path)
        try:
            # whose it was may have ended since we looked
            page = self._page(host, path) if is_ours else self.from_other(host, path)
            if page is not None:
                return answer(page, environ, start_response)
            return self.ask_django(host, path, environ, start_response)
        finally:
            if is_ours:
                self.shared.release(host, path)

    def ask_django(
        self, host: str, path: str, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let Django answer, and keep the answer if it may be kept."""
        environ[DRAFT] = draft = Draft()
        query = environ.get("QUERY_STRING", "")
        said: list[Any] = []
        result = self.application(environ, lambda *args: said.append(args))
        status, headers, *_rest = said[-1]
        page = page_of(draft, status, headers, result, query)
        if page is None:
            start_response(*said[-1])
            return result
        self.end_if_old(page)
        if is_from_nobody(environ):
            self.put(host, path, query, page)
        return answer(page, environ, start_response)

    def from_other(self, host: str, path: str) -> StoredPage | None:
        """Return a page that another process renders: as it just was, or as it is soon.

        None when the other takes long, or nothing is to be kept.
        """
        old = self.pages.get((host, path, ""))
        is_outdated = old is not None and old.version != self.versions.of(old.tenant_id)
        if old is not None and is_outdated and self.versions.age(old.tenant_id) < STALE_SECONDS:
            self.end_if_old(old)
            return old
        patient_until = time.monotonic() + PATIENCE
        while time.monotonic() < patient_until and self.shared.is_claimed(host, path):
            time.sleep(PATIENCE / 20)
        return self._page(host, path)

    def end_if_old(self, page: StoredPage) -> None:
        """End a page whose content has changed while it was rendered.

        A CDN, which was told of that change before this answer reaches it, must not keep it.
        """
        if page.version != self.versions.of(page.tenant_id):
            page.until = time.time()

    def put(self, host: str, path: str, query: str, page: StoredPage) -> None:
        """Keep a page: with all processes, or with this one if few ask for it or not for long."""
        rest = reduced(parse_qs(query).items(), page.parameters)
        if rest or page.status != HTTPStatus.OK:
            self.others.put((host, path, rest), page)
            return
        key: Key = (host, path, "")
        self.pages.put(key, page)
        self.shared.put(host, path, page, (page.until or float("inf")) - time.time())
        if self.files is not None:
            self.files.offer(host, path, page)


def page_of(
    draft: Draft, status: str, headers: list[Header], result: Iterable[bytes], query: str
) -> StoredPage | None:
    """Return an answer as it may be kept; None if it may not be, and then it is not read."""
    code = int(status[:3])
    is_missing = code == HTTPStatus.NOT_FOUND and not query
    is_whole = code == HTTPStatus.OK and draft.parameters is not None
    if draft.tenant_id is None or not (is_missing or is_whole) or not is_everybodys(headers):
        return None
    body = b"".join(result)
    if close := getattr(result, "close", None):
        close()
    return StoredPage(
        tenant_id=draft.tenant_id,
        version=draft.version,
        status=code,
        headers=(*(each for each in headers if each[0] not in LAST_HEADERS), *tags_of(draft)),
        plain=body,
        parameters=draft.parameters or (),
        until=time.time() + MISSING_SECONDS if is_missing else draft.until,
        hits=1,
    )


def is_everybodys(headers: list[Header]) -> bool:
    """Say whether nothing in an answer says that it is for one person, or not to be kept."""
    said = {name.lower(): value.lower() for name, value in headers}
    policy = said.get("cache-control", "")
    varies = {name.strip() for name in said.get("vary", "").split(",")} - {"", "accept-encoding"}
    is_private = any(word in policy for word in ("private", "no-store", "no-cache"))
    return not (varies or is_private or "set-cookie" in said or "content-encoding" in said)


def is_from_nobody(environ: dict[str, Any]) -> bool:
    """Say whether a request carries nothing by which somebody could be known."""
    return "HTTP_COOKIE" not in environ and "HTTP_AUTHORIZATION" not in environ


def origin(scheme: str, host: str, port: int) -> str | None:
    """Return scheme and normalised host as one key; None unless it is asked at the public port.

    An answer may name the port as it was asked for: in any other spelling it is somebody's own.
    """
    # before anything of it is remembered
    is_fit = scheme in USUAL_PORTS and len(host) <= LONGEST
    return _origin(scheme, host, port) if is_fit else None


@lru_cache(maxsize=10_000)
def _origin(scheme: str, host: str, port: int) -> str | None:
    name, colon, asked = host.partition(":")
    if colon + asked != ("" if port == USUAL_PORTS[scheme] else f":{port}"):
        return None
    try:
        return f"{scheme}://{normalise(name)}"
    except BadHost:
        return None
