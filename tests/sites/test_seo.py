"""What machines are told of a site."""

import io
import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from wagtail.models import Page

from tenancy.context import tenant_scope
from tenancy.storage import tenant_prefix
from theme import share
from theme.enums import Face, Theme
from theme.looks import LOOKS
from theme.models import SiteSettings
from theme.palettes import lettering_of

pytestmark = pytest.mark.django_db

LUA = "lua.localhost"
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def get(path: str, host: str = LUA):
    return Client().get(path, headers={"host": host})


def html_of(path: str) -> str:
    return get(path).content.decode()


def data_of(path: str) -> list[dict]:
    """Return what a page tells of itself, without what it tells of suites."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html_of(path))
    return [data for data in map(json.loads, found) if "@graph" not in data]


def picture_of(path: str) -> str:
    return re.search(r'og:image" content="http://lua\.localhost(/share/[^"]+)"', html_of(path))[1]


def addresses(host: str = LUA) -> dict[str, ElementTree.Element]:
    response = get("/sitemap.xml", host)
    assert response.headers["Content-Type"] == "application/xml"
    urls = ElementTree.fromstring(response.content).findall("s:url", MAP)  # noqa: S314 (our own)
    return {url.find("s:loc", MAP).text: url for url in urls}


@pytest.mark.parametrize("path", ["/", "/suites/loft/", "/promocoes/", "/en/perguntas/"])
def test_languages_of_a_page_name_each_other_and_themselves(lua, path):
    links = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', html_of(path))

    assert [language for language, _address in links] == ["pt-br", "en", "x-default"]
    assert f"http://{LUA}{path}" in {address for _language, address in links}
    for _language, address in links:
        other = html_of(address.removeprefix(f"http://{LUA}"))
        assert set(re.findall(r'hreflang="([\w-]+)" href="([^"]+)">', other)) >= set(links)


def test_a_page_has_one_canonical_address_whatever_follows_it(lua):
    html = html_of("/suites/?utm_source=anuncio")

    assert re.findall(r'rel="canonical" href="([^"]+)"', html) == [f"http://{LUA}/suites/"]


def test_breadcrumbs_lead_from_the_home_page_down(lua):
    (trail,) = data_of("/suites/loft/")

    assert trail["@type"] == "BreadcrumbList"
    assert [step["item"] for step in trail["itemListElement"]] == [
        f"http://{LUA}{path}" for path in ("/", "/suites/", "/suites/loft/")
    ]
    assert data_of("/") == []


def test_questions_are_told_to_machines(lua):
    (_trail, questions) = data_of("/perguntas/")

    assert questions["@type"] == "FAQPage"
    assert questions["mainEntity"][0]["name"] == "Tem garagem?"
    assert questions["mainEntity"][0]["acceptedAnswer"]["text"] == "Tem."


def test_a_title_cannot_end_the_data(lua):
    with tenant_scope(lua):
        page = Page.objects.get(slug="a-casa", locale__language_code="pt-br")
        Page.objects.filter(pk=page.pk).update(title="</script><b>&")

    (trail,) = data_of("/a-casa/")
    assert trail["itemListElement"][1]["name"] == "</script><b>&"


def test_a_page_is_shared_with_a_picture_that_is_drawn_once(lua, monkeypatch):
    path = picture_of("/suites/loft/")

    first = get(path)
    monkeypatch.setattr(share, "draw", None)  # whoever draws again fails
    second = get(path)

    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    assert first.content == second.content
    assert "immutable" in first.headers["Cache-Control"]
    with tenant_scope(lua):
        name = f"{tenant_prefix()}share/{path.rsplit('/', 1)[1]}"
        assert default_storage.exists(name)


def test_a_picture_has_another_address_when_what_it_says_changes(lua):
    before = picture_of("/a-casa/")
    with tenant_scope(lua):
        Page.objects.filter(slug="a-casa", locale__language_code="pt-br").update(title="Outra")

    assert picture_of("/a-casa/") != before
    assert get(before).status_code == 404


def test_a_discreet_site_s_pictures_have_no_words(lua):
    with tenant_scope(lua):
        SiteSettings.objects.filter(site__hostname=LUA).update(is_title_neutral=True)

    digests = {picture_of(path).rsplit("/", 1)[1] for path in ("/", "/suites/", "/a-casa/")}

    assert len(digests) == 1
    assert "og:image:alt" not in html_of("/suites/")


def test_one_motel_does_not_draw_for_another(lua):
    assert get(picture_of("/suites/loft/"), "lua-centro.localhost").status_code == 404
    assert get(picture_of("/suites/loft/"), "sol.localhost").status_code == 404


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("theme", Theme.values)
def test_every_theme_can_be_drawn_in(theme, scheme):
    face = LOOKS[Theme(theme)].face
    card = share.Card(theme, scheme, face, title="Suíte à beira-mar", name="Lua", place="PA")
    picture = Image.open(io.BytesIO(share.draw(card)))

    assert picture.size == (share.WIDTH, share.HEIGHT)
    assert len(picture.getcolors(maxcolors=1_000_000)) > 100


@pytest.mark.parametrize("theme", Theme.values)
@pytest.mark.parametrize(
    "words",
    [
        "Inconstitucionalissimamente" * 4,
        "Uma suíte muito comprida " * 9,
        "שלום 🌙 <b>&",
        "\u3000",
        "W",
    ],
)
def test_no_picture_has_words_in_its_margins(theme, words):
    look = LOOKS[Theme(theme)]
    plain = share.Card(theme, "dark", look.face)
    written = share.Card(theme, "dark", look.face, "", words, words, words)

    bare, full = (Image.open(io.BytesIO(share.draw(card))) for card in (plain, written))

    edge = (share.WIDTH - share.MARGIN + 8, 0, share.WIDTH, share.HEIGHT)
    assert bare.crop(edge).tobytes() == full.crop(edge).tobytes()


@pytest.mark.parametrize("face", Face.values)
def test_every_typeface_can_be_drawn_with(face):
    assert lettering_of(face).file.is_file()


def test_the_map_of_a_site_has_its_public_pages_in_all_languages(lua):
    found = addresses()

    assert {f"http://{LUA}/", f"http://{LUA}/en/", f"http://{LUA}/en/suites/loft/"} <= set(found)
    assert f"http://{LUA}/namorados/" not in found  # a campaign asks not to be listed
    assert all(address.startswith(f"http://{LUA}/") for address in found)
    alternates = found[f"http://{LUA}/suites/"].findall("x:link", MAP)
    assert [(link.get("hreflang"), link.get("href")) for link in alternates] == [
        ("pt-br", f"http://{LUA}/suites/"),
        ("en", f"http://{LUA}/en/suites/"),
        ("x-default", f"http://{LUA}/suites/"),
    ]


def test_the_map_says_when_a_page_was_last_published(lua):
    at = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    with tenant_scope(lua):
        Page.objects.filter(slug="a-casa", locale__language_code="pt-br").update(
            last_published_at=at
        )

    lastmod = addresses()[f"http://{LUA}/a-casa/"].find("s:lastmod", MAP).text

    assert datetime.fromisoformat(lastmod) == at


def test_drafts_are_not_in_the_map(lua):
    with tenant_scope(lua):
        Page.objects.get(slug="a-casa", locale__language_code="en").unpublish()

    found = addresses()

    assert f"http://{LUA}/en/a-casa/" not in found
    assert not found[f"http://{LUA}/a-casa/"].findall("x:link", MAP)


def test_robots_are_welcome_on_motels_hosts_only(lua):
    guests = get("/robots.txt").content.decode()
    staff = get("/robots.txt", "lua.painel.localhost").content.decode()

    assert f"Sitemap: http://{LUA}/sitemap.xml" in guests
    assert "Disallow: /\n" not in guests
    assert staff == "User-agent: *\nDisallow: /\n"
    assert get("/sitemap.xml", "lua.painel.localhost").status_code == 404
