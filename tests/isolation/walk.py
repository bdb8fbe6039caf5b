"""A visitor who tries each address, and a ledger of what should not have happened."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import IntegrityError, connection
from django.http.response import HttpResponseBase
from django.test import Client

from tenancy.context import tenant_scope
from tests.isolation import bodies
from tests.isolation.arguments import LABELS, key_of
from tests.isolation.bodies import Body
from tests.isolation.urls import Pattern, addresses
from tests.isolation.walls import (
    fingerprint,
    is_broken,
    leaked,
    people_of,
    text_of,
    undone,
    uuids_of,
)
from tests.isolation.world import World

QUERIED = {
    **{f"/{name}/": (name,) for name in LABELS},
    "/user": ("user",),
    "/people/": ("membership",),
    "/invitations/": ("invitation",),
    "/domains/": ("domain",),
    "/": ("image", "document", "suite_page", "home", "collection", "translation"),
}
"""Which ids a list or a chooser may be asked for; the first part of the path counts."""


STOCK_FAILURES = {
    ("wagtailadmin_pages:preview_on_add", "-count"): "a body without its streams' lengths",
    ("wagtailadmin_pages:copy", "DoesNotExist"): "the parent posted is looked up without care",
    ("wagtailadmin_choose_page_external_link", "AttributeError"): "a body without an address",
    ("wagtail_localize:upload_pofile", "MultiValueDictKeyError"): "a body without a file",
    ("wagtailsnippetchoosers_", "has no attribute 'is_valid'"): "choosers that create nothing",
}
"""What stock Wagtail answers with a 500, whoever's the ids, and why: (view, error)."""


@dataclass
class Visitor:
    """Somebody of A who asks for B's things, and notes every answer that says too much."""

    client: Client
    a: World
    b: World
    wrong: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client.raise_request_exception = False
        self.a.fill()
        self.b.fill()
        self.secrets = uuids_of(self.b.tenant) - uuids_of(self.a.tenant)
        self.people = people_of(self.a.tenant)
        self.before = fingerprint(self.a.tenant, self.people)

    def try_pattern(self, pattern: Pattern) -> None:
        """Ask for A's and for B's objects, and send each what A's own form would send."""
        read: Body = {}
        for path in addresses(pattern, self.a, most=2):
            response = self.get(pattern, path)
            read = self.form_of(response) or self.form_before(path) or read
            body = read or bodies.guess(self.a)
            self.post(pattern, path, body)
            self.post(pattern, path, bodies.choosing(self.b, body))
        for query in self.queries(pattern):
            self.get(pattern, query)
        if "<" in pattern.route or "(" in pattern.route:
            for path in addresses(pattern, self.b):
                self.get(pattern, path)
                self.post(pattern, path, bodies.choosing(self.b, read or bodies.guess(self.b)))

    def queries(self, pattern: Pattern) -> Iterator[str]:
        """Yield addresses that name B's objects behind the question mark."""
        collection, page = key_of(self.b, "collection"), key_of(self.b, "home")
        every = f"collection_id={collection}&parent_page_id={page}&childOf={page}"
        for path in addresses(pattern, self.a, most=1):
            kinds = next(kinds for part, kinds in QUERIED.items() if part in path)
            keys = "&".join(f"id={key_of(self.b, kind)}" for kind in kinds)
            yield f"{path}?q=Loft&{keys}&{every}"
            if "report" in path or "bulk" in path:
                yield f"{path}?export=csv&id=all"

    def get(self, pattern: Pattern, path: str) -> HttpResponseBase:
        """Ask by GET; nothing of B may be in the answer."""
        with undone():
            response = self.client.get(path)
            self.note(pattern, "GET", path, None, response)
        return response

    def post(self, pattern: Pattern, path: str, body: Body) -> None:
        """Ask by POST; besides, nothing outside A may have changed."""
        with undone():
            response = self.client.post(path, body)
            self.note(pattern, "POST", path, body, response)
            self.compare(path)
        cache_of(self.a)

    def note(
        self, pattern: Pattern, method: str, path: str, body: Body | None, answer: HttpResponseBase
    ) -> None:
        """Write down what an answer leaks, and which views fail."""
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        found = leaked(text_of(answer), bodies.said(path, body), self.secrets)
        if found:
            self.wrong.append(f"{method} {path} → {answer.status_code} says {sorted(found)}")
        if answer.status_code >= 500:
            why = repr(answer.exc_info[1])  # type: ignore[attr-defined]  # the test client's
            if not any(pattern.view.startswith(v) and e in why for v, e in STOCK_FAILURES):
                self.wrong.append(f"{method} {path} → {answer.status_code} {why[:200]}")

    def compare(self, path: str) -> None:
        """Note which tables have other rows of others than before; the walk goes on."""
        if is_broken():
            return
        try:
            connection.check_constraints()
        except IntegrityError:
            self.wrong.append(f"POST {path} would fail at commit")
            return
        after = fingerprint(self.a.tenant, self.people)
        changed = sorted(name for name in after if after[name] != self.before[name])
        if changed:
            self.wrong.append(f"POST {path} changed {changed}")

    def form_before(self, path: str) -> Body:
        """Return the fields that a preview is sent: those of the editor that it belongs to."""
        if not path.endswith("/preview/"):
            return {}
        with undone():
            return self.form_of(self.client.get(path.removesuffix("preview/")))

    @staticmethod
    def form_of(response: HttpResponseBase) -> Body:
        """Return the fields that the page would post, if it is a page with a form."""
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        if response.streaming or response.status_code != 200 or not is_html:
            return {}
        return bodies.forms_of(response.content)  # type: ignore[attr-defined]  # not streaming


def cache_of(world: World) -> None:
    """Forget what the tenant's cache learnt from rows that have been taken back."""
    with tenant_scope(world.tenant):
        cache.clear()
