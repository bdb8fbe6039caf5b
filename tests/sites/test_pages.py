"""What guests of a motel get."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from sites.models import HomePage
from suites.models import SuiteType
from suites.pages import SuiteIndexPage, SuitePage
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.suites import make_suite
from theme.models import SiteImage

pytestmark = pytest.mark.django_db

LUA = "lua.localhost"


def get(path: str, host: str = LUA, **headers: str) -> tuple[int, str]:
    response = Client().get(path, headers={"host": host, **headers})
    return response.status_code, response.content.decode()


def alternates(html: str) -> dict[str, str]:
    found = re.findall(r'hreflang="([\w-]+)" href="https?://[^/"]+(/[^"]*)"', html)
    return dict(found)


@pytest.fixture
def suite_path(lua):
    with tenant_scope(lua):
        page = SuitePage.objects.filter(locale__language_code="pt-br").first()
        return page.get_url_parts()[2]


def test_guest_sees_the_suites_of_the_motel(lua, suite_path):
    status, home = get("/")
    assert status == 200
    assert f'href="{suite_path}"' in home

    status, page = get(suite_path)
    assert status == 200
    assert "R$" in page


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_language_has_its_page_tree(lua, language):
    status, html = get(f"{language}/")

    assert status == 200
    assert f'<html lang="{language.strip("/") or "pt-br"}"' in html
    assert alternates(html) == {"pt-br": "/", "en": "/en/", "x-default": "/"}


@pytest.mark.parametrize("path", ["/es/", "/es/suites/", "/fr/"])
def test_language_that_the_motel_lacks_is_not_found(lua, path):
    status, _html = get(path)

    assert status == 404


def test_guests_language_headers_change_nothing(lua):
    assert get("/") == get("/", **{"accept-language": "es"})


@pytest.mark.parametrize("path", ["/", "/en/", "/no-such-page/", "/robots.txt", "sheet"])
def test_the_address_alone_says_the_language(lua, path):
    if path == "sheet":
        path = re.search(r'href="(/_style/[^"]+)"', get("/")[1])[1]
    plain = Client().get(path, headers={"host": LUA})
    wishes = {"accept-language": "es", "cookie": "django_language=es"}
    other = Client().get(path, headers={"host": LUA, **wishes})

    assert not {"Accept-Language", "Cookie"} & set(plain.headers.get("Vary", "").split(", "))
    assert (plain.status_code, plain.headers, plain.content) == (
        other.status_code,
        other.headers,
        other.content,
    )


@pytest.mark.parametrize("path", ["/", "/suites/", "/no-such-page/"])
def test_pages_take_nothing(lua, path):
    answer = Client(enforce_csrf_checks=True).post(path, headers={"host": LUA})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/suites/", "/en/"])
def test_page_sets_no_cookie_and_is_the_same_for_everybody(lua, path):
    response = Client().get(path, headers={"host": LUA, "cookie": f"alcova_session={32 * 'a'}"})

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrf" not in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/suites/", "/no-such-page/"])
def test_page_has_nothing_inline(lua, path):
    _status, html = get(path)

    # data for machines is no script
    scripts = r"<script(?! type=\"(module\" src=|application/ld\+json\"))"
    assert not re.search(rf"<style|{scripts}|\sstyle=|\son\w+=|userbar", html)


def test_home_page_has_one_heading_of_the_first_level(lua):
    _status, html = get("/")

    assert len(re.findall(r"<h1\b", html)) == 1


def test_pictures_have_a_size_and_the_first_one_comes_first(lua):
    _status, html = get("/")
    pictures = re.findall(r"<img[^>]+>", html)

    assert pictures
    assert all("width=" in tag and "height=" in tag and "alt=" in tag for tag in pictures)
    assert [("fetchpriority" in tag, "lazy" in tag) for tag in pictures[:2]] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(("path", "alt"), [("/", "Uma lua"), ("/en/", "A moon")])
def test_pictures_are_told_in_the_language_of_the_page(lua, path, alt):
    _status, html = get(path)
    pictures = re.findall(r"<img[^>]+>", html)

    assert {re.search(r'alt="([^"]*)"', tag)[1] for tag in pictures} == {alt}


@pytest.mark.parametrize(
    ("url", "is_played_here"),
    [("https://vimeo.com/22439234", True), ("https://videos.example/1", False)],
)
def test_suite_s_video_elsewhere_waits_for_a_touch(lua, suite_path, url, is_played_here):
    with tenant_scope(lua):
        SuitePage.objects.filter(locale__language_code="pt-br").update(
            video_url=url, tour_url="https://tour.example/1"
        )

    _status, html = get(suite_path)

    assert ("data-embed=" in html) == is_played_here
    assert f'href="{url}"' in html
    assert 'href="https://tour.example/1"' in html
    assert not re.search(r'(src|srcset|poster)="https://(vimeo|player|videos|tour)', html)


def test_footer_names_the_company(lua):
    _status, html = get("/suites/")

    assert lua.legal_name in html
    assert "18+" in html


def test_editors_cannot_make_home_pages(lua):
    with tenant_scope(lua):
        root = Page.objects.get(depth=1)
        home = HomePage.objects.first()

        assert not HomePage.can_create_at(root)
        assert not HomePage.can_create_at(home)
        assert not SuiteIndexPage.can_create_at(home)  # it has one


def test_suite_list_costs_the_same_queries(lua, django_assert_num_queries):
    get("/suites/")  # makes the renditions, fills the caches
    with CaptureQueriesContext(connection) as with_one:
        get("/suites/")

    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        for slug in ("flat", "premium", "master"):
            make_suite(motel, slug)

    with django_assert_num_queries(len(with_one)):
        _status, html = get("/suites/")
    assert html.count("suite-card-name") == 4


def test_home_page_costs_the_same_queries_however_many_suites(lua):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        first = make_suite(motel, "primeira")
        fill_home(motel, [first, motel.suite_types.get(slug="loft")])
    with_two = home_queries()

    with tenant_scope(lua):
        for number in range(4):
            make_suite(motel, f"outra-{number}")
    with_six = home_queries()

    assert len(with_six) == len(with_two)
    of_suites = [query for query in with_six if "suites_" in query["sql"]]
    assert len(of_suites) <= 4  # pages, stays, prices, types chosen
    assert len(with_six) <= 12


def fill_home(motel, suite_types):
    """Publish a home page with every block of suites."""
    home = HomePage.objects.get(slug=motel.slug)
    chosen = {"heading": "Suítes", "text": "", "suite_types": suite_types}
    home.body = [
        ("suite_cards", {**chosen, "suite_types": []}),
        ("suite_comparison", chosen),
        ("price_table", {"heading": "", "suite_type": suite_types[0], "note": ""}),
        ("price_now", {**chosen, "suite_types": []}),
    ]
    home.save_revision().publish()


def home_queries():
    """Return the statements of a home page whose renditions are made."""
    get("/")
    with CaptureQueriesContext(connection) as queries:
        status, _html = get("/")
    assert status == 200
    return queries.captured_queries


def test_pages_stand_when_what_they_show_is_gone(lua, suite_path):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        home = motel.site.root_page.specific
        gone = SuiteType.objects.create(property=motel, slug="demolida", name="Demolida")
        for name in ("suite_cards", "suite_comparison", "price_now"):
            home.body.append((name, {"heading": "Estas", "text": "", "suite_types": [gone]}))
        home.body.append(("price_table", {"heading": "", "note": "", "suite_type": gone}))
        home.save()
        gone.delete()
        SiteImage.objects.all().delete()

    for path in ("/", "/suites/", suite_path, "/promocoes/", "/promocoes/terca/", "/a-casa/"):
        status, html = get(path)
        assert status == 200, path
        assert "Demolida" not in html
        assert "Estas" not in html
