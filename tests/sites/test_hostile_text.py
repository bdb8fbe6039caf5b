"""Whatever people write in a field, guests read it as it was written, and nothing else happens."""

import json
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import models
from django.test import Client
from wagtail.models import Page

from promotions.pages import PromotionPage
from sites.models import HomePage
from sites.pages import FaqPage
from suites.models import Feature, Inclusion, SpecialDay, StayPrice, StayPriceInclusion, SuiteType
from suites.pages import SuiteIndexPage, SuitePage
from tenancy.context import tenant_scope
from tenancy.models import Property
from theme.models import SiteSettings

pytestmark = pytest.mark.django_db

LUA = "lua.localhost"
WORDS = "</script></title>\"'><img src=x onerror=alert(1)>{{ 7*7 }}&amp;\u202eשלום🌙\u2028"
PATHS = (
    "/", "/suites/", "/suites/loft/", "/promocoes/", "/promocoes/terca/", "/a-casa/",
    "/perguntas/", "/contato/",
)  # fmt: skip
IN_BLOCKS = {"heading", "text", "eyebrow", "label", "question", "caption"}
FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    SuiteIndexPage: ("intro",),
    SuitePage: ("intro",),
    FaqPage: ("intro",),
    PromotionPage: ("intro", "conditions"),
    SuiteType: ("name",),
    Feature: ("name",),
    Inclusion: ("name",),
    SpecialDay: ("name",),
    Property: ("name",),
    SiteSettings: (
        "neutral_title", "whatsapp_text", "street", "district", "city", "opening_hours",
    ),
    Page: ("title", "search_description"),
}  # fmt: skip


def poisoned(value: Any) -> Any:
    """Return what a stream holds, with the words in place of all words."""
    if isinstance(value, list):
        return [poisoned(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: WORDS[:40] if key in IN_BLOCKS and isinstance(each, str) else poisoned(each)
        for key, each in value.items()
    }


@pytest.fixture
def hostile(lua):
    """Write the words into every text that lua's guests see, as much of them as each holds."""
    with tenant_scope(lua):
        for page, name in (
            *((page, "body") for page in HomePage.objects.all()),
            *((page, "questions") for page in FaqPage.objects.all()),
        ):
            setattr(page, name, json.dumps(poisoned(list(getattr(page, name).raw_data))))
            page.save()
        for model, names in FIELDS.items():
            lengths = {name: model._meta.get_field(name).max_length for name in names}
            model.objects.update(**{name: WORDS[:length] for name, length in lengths.items()})
        inclusion = Inclusion.objects.filter(locale__language_code="pt-br").first()
        for price in StayPrice.objects.all():
            StayPriceInclusion.objects.get_or_create(price=price, inclusion=inclusion)
    return lua


def get(path: str) -> str:
    response = Client().get(path, headers={"host": LUA})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("is_neutral", [True, False])
@pytest.mark.parametrize("path", PATHS)
def test_pages_show_the_words_and_make_nothing_of_them(hostile, path, is_neutral):
    with tenant_scope(hostile):
        SiteSettings.objects.update(is_title_neutral=is_neutral)

    page = BeautifulSoup(get(path), "html.parser")

    assert WORDS[:40] in page.select_one("h1").text
    assert page.select("[onerror], img[src=x]") == []
    assert WORDS[:40] in page.title.text
    scripts = page.find_all("script")
    assert all(each.get("src") or each["type"] == "application/ld+json" for each in scripts)


@pytest.mark.parametrize("path", PATHS)
def test_machines_are_told_the_words_as_they_are(hostile, path):
    html = get(path)
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    title = re.search(r'<meta property="og:title" content="([^"]*)">', html)[1]

    assert WORDS[:40] in json.dumps([json.loads(text) for text in found]).replace('\\"', '"')
    assert unescape(title).startswith(WORDS[:40])


def test_the_map_of_the_site_is_one_still(hostile):
    assert len(ElementTree.fromstring(get("/sitemap.xml"))) > 5  # noqa: S314 (our own)
