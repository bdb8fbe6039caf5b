"""What a process has read and worked out for a site's pages, it does not do again; and shows it."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.template.base import Template
from django.test import Client
from redis.connection import AbstractConnection

from suites.selectors import offers
from tenancy.context import tenant_scope
from tenancy.models import Property
from tenancy.store.keeping import DRAFT, Draft
from tenancy.store.versions import versions
from tests.queries import as_table, queries_of
from tests.sites.test_query_counts import paths

pytestmark = pytest.mark.django_db

LUA = "lua.localhost"
NOON = datetime(2026, 6, 10, 15, tzinfo=UTC)
MOST_AGAIN = {
    "homepage": 6,
    "suiteindexpage": 4,
    "suitepage": 8,
    "promotionindexpage": 4,
    "promotionpage": 8,
    "textpage": 4,
    "faqpage": 4,
    "contactpage": 4,
    "campaignpage": 6,
}
"""Queries of a page when others of its site were rendered before it, at the same version."""


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr("theme.clock.timezone.now", lambda: NOON)


def get(path: str, *, is_kept: bool = True) -> str:
    """Return a page as the page store asks for it, or as it is rendered without one."""
    draft = {DRAFT: Draft()} if is_kept else {}
    response = Client(HTTP_HOST=LUA, **draft).get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def counted(monkeypatch) -> Callable[..., Counter]:
    """Return a maker of counters of a function's calls, by what it is called with."""

    def count(*places: tuple[object, str], by: Callable[..., object] = lambda *_: "all") -> Counter:
        counter: Counter = Counter()
        for owner, name in places:
            original = getattr(owner, name)

            def noting(*args, original=original, **kwargs):
                counter[by(*args, *kwargs.values())] += 1
                return original(*args, **kwargs)

            monkeypatch.setattr(owner, name, noting)
        return counter

    return count


def test_a_page_costs_little_when_its_site_is_known(lua):
    found = {kind: queries_of(path, LUA, **{DRAFT: Draft()}) for kind, path in paths(lua).items()}

    dear = {kind: as_table(found[kind]) for kind in found if len(found[kind]) > MOST_AGAIN[kind]}
    assert dear == {}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_compiles_and_caches_nothing_when_it_is_rendered_again(lua, counted, prefix):
    found = [f"{prefix}{path}" for path in paths(lua).values()]
    for path in found:
        get(path)
    templates = counted((Template, "compile_nodelist"))
    round_trips = counted((AbstractConnection, "send_packed_command"))
    tables = counted((offers, "price_table"))

    for path in found:
        get(path)

    assert (templates, round_trips, tables) == (Counter(), Counter(), Counter())


def test_a_page_works_out_each_table_once(lua, counted):
    tables = counted((offers, "price_table"), by=lambda tariff, on: (tariff.key, on))

    get("/", is_kept=False)

    assert tables
    assert max(tables.values()) == 1


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_known_is_what_would_be_read(lua, prefix):
    found = [f"{prefix}{path}" for path in paths(lua).values()]
    read = [get(path, is_kept=False) for path in found]

    assert [get(path) for path in found] == read
    assert [get(path) for path in found] == read


def test_a_new_version_shows_what_has_changed(lua, monkeypatch):
    get("/")
    with tenant_scope(lua):
        Property.objects.filter(slug="lua").update(name="Motel Aurora")
    before = get("/suites/")
    monkeypatch.setitem(versions._versions, lua.pk, 1)

    assert ("Motel Aurora" in before, "Motel Aurora" in get("/suites/")) == (False, True)


def test_a_page_that_is_not_kept_asks_each_time(lua):
    get("/")
    with tenant_scope(lua):
        Property.objects.filter(slug="lua").update(name="Motel Aurora")

    assert "Motel Aurora" in get("/suites/", is_kept=False)
