"""The menus around every page."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from tenancy.context import tenant_scope
from theme.navigation import MenuEntryBlock, Navigation

pytestmark = pytest.mark.django_db

LUA = "lua.localhost"


def soup_of(path: str, host: str = LUA) -> BeautifulSoup:
    response = Client().get(path, headers={"host": host})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def menu(path: str, where: str = ".site-menu", host: str = LUA) -> list[tuple[str, str]]:
    return [
        (a.text, a["href"].split(".localhost")[-1])
        for a in soup_of(path, host).select(f"{where} a")
    ]


def test_the_header_has_what_people_chose_under_their_own_words(lua):
    assert menu("/") == [("Suítes", "/suites/"), ("Quem somos", "/a-casa/")]


def test_links_follow_the_language(lua):
    assert menu("/en/") == [("Suites", "/en/suites/"), ("About us", "/en/a-casa/")]
    assert menu("/en/", ".footer-menu") == [
        ("Frequently asked questions", "/en/perguntas/"),
        ("Blog", "https://exemplo.test/"),
    ]


def test_a_link_hides_where_its_page_is_not_published(lua):
    with tenant_scope(lua):
        Page.objects.get(slug="a-casa", locale__language_code="en").unpublish()

    assert menu("/en/") == [("Suites", "/en/suites/")]
    assert len(menu("/")) == 2


def test_without_a_menu_of_their_own_pages_that_want_to_be_in_menus_are(lua):
    found = menu("/", host="lua-centro.localhost")

    assert [address for _label, address in found] == ["/suites/", "/promocoes/", "/contato/"]


def test_the_page_and_the_section_in_view_are_marked(lua):
    marks = [
        a.get("aria-current")
        for path in ("/suites/", "/suites/loft/")
        for a in soup_of(path).select(".site-menu a")
    ]

    assert marks == ["page", None, "true", None]


def test_a_campaign_stands_without_menus_and_outside_search(lua):
    html = soup_of("/namorados/")

    assert not html.select(".site-menu, .footer-menu")
    assert html.find("meta", {"name": "robots"})["content"] == "noindex"


def test_a_label_alone_in_portuguese_is_good_for_an_address_in_any_language(lua):
    with tenant_scope(lua):
        row = Navigation.objects.get(site__hostname=LUA)
        entry = {"label": "Blogue", "page": None, "url": "https://exemplo.test/"}
        row.header = json.dumps([{"type": "entry", "value": entry}])
        row.save()

    assert menu("/en/") == [("Blogue", "https://exemplo.test/")]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"label": "Nada", "page": None, "url": ""}, "page"),
        ({"label": "", "page": None, "url": "https://exemplo.test/"}, "label"),
    ],
)
def test_an_entry_needs_one_target_and_an_address_a_label(entry, field):
    block = MenuEntryBlock()

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize(entry))

    assert set(refused.value.block_errors) == {field}


@pytest.mark.parametrize(
    ("path", "most"), [("/a-casa/", 6), ("/contato/", 6), ("/perguntas/", 6), ("/", 12)]
)
def test_a_page_costs_few_queries(lua, path, most):
    soup_of(path)  # makes the renditions, fills the caches

    with CaptureQueriesContext(connection) as queries:
        soup_of(path)

    assert len(queries) <= most, "\n".join(q["sql"][:200] for q in queries)
