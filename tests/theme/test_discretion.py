"""What a guest's visit gives away: to the tab, to links, to others."""

import re
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from tenancy.context import tenant_scope
from theme.models import SiteSettings
from theme.sheets import own_sheet, site_sheet

pytestmark = pytest.mark.django_db

HOST = "lua.localhost"
PAGES = ["/", "/suites/", "/en/", "/no-such-page/"]
LAW = "Exploração sexual e tráfico de crianças e adolescentes são crimes: denuncie já!"


def get(path: str, **headers: str):
    return Client().get(path, headers={"host": HOST, **headers})


@pytest.fixture
def change(lua):
    """Return what changes the motel's settings."""

    def write(**values: object) -> SiteSettings:
        with tenant_scope(lua):
            site = Site.objects.get(hostname=HOST)
            settings = SiteSettings.for_site(site)
            for name, value in values.items():
                setattr(settings, name, value)
            settings.save()
            return settings

    return write


def head(html: str) -> str:
    return html.split("<head>", 1)[1].split("</head>", 1)[0]


@pytest.mark.parametrize("path", PAGES[:3])
def test_neutral_title_stands_wherever_a_title_is_shown(change, lua, path):
    change(is_title_neutral=True, neutral_title="Agenda")
    # what search engines read is on no screen
    html = re.sub(r"<script type=.application/ld.*?</script>", "", head(get(path).content.decode()))

    assert re.findall(r"<title>(.*)</title>", html) == ["Agenda"]
    assert re.findall(r'property="og:(?:title|site_name)" content="(.*)"', html) == ["Agenda"] * 2
    assert "description" not in html
    assert "Motel" not in html


def test_neutral_title_has_words_of_its_own(change):
    change(is_title_neutral=True)

    assert "<title>Hospedagem</title>" in get("/").content.decode()


def test_neutral_icon_is_another_one(change):
    assert icon_of(get("/")) == drawn("own")
    change(is_icon_neutral=True)
    assert icon_of(get("/")) == drawn("neutral")


def icon_of(response: HttpResponse) -> str:
    """Return the drawing that stands in the address of a page's icon."""
    (found,) = re.findall(r'<link rel="icon".* href="data:image/svg.xml,(.*)">', response.text)
    return unquote(found)


def drawn(name: str) -> str:
    return render_to_string(f"theme/tab/{name}.svg").strip()


@pytest.mark.parametrize("path", PAGES)
def test_page_says_nowhere_where_the_guest_came_from(lua, path):
    response = get(path)
    links = re.findall(r'<a [^>]*href="https?://[^>]*>', response.content.decode())

    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert links
    assert all('rel="noopener noreferrer"' in link for link in links)


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_nothing_of_third_parties(lua, path):
    html = get(path).content.decode()
    fetched = re.findall(r'(?:src|srcset|poster)="([^"]+)"', html)
    fetched += re.findall(r'<link rel="(?:stylesheet|icon|preload)"[^>]* href="([^"]+)"', html)

    assert fetched
    assert not [address for address in fetched if "//" in address]


@pytest.mark.parametrize("path", PAGES)
def test_chat_begins_with_neutral_words(change, path):
    change(whatsapp="+5591987654321")
    chats = re.findall(r'href="https://wa\.me/\d+\?text=([^"]+)"', get(path).content.decode())

    assert chats
    assert not [text for text in chats if re.search("motel|su%C3%ADte|suite", text, re.I)]


def test_chat_begins_with_the_words_chosen(change):
    change(whatsapp="+5591987654321", whatsapp_text="Oi & até já")

    assert "?text=Oi%20%26%20at%C3%A9%20j%C3%A1" in get("/").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_way_out_is_on_every_page(change, path):
    change(exit_url="https://example.com/tempo")

    assert re.findall(r'<a class="exit" href="([^"]+)"', get(path).content.decode()) == [
        "https://example.com/tempo"
    ]


@pytest.mark.parametrize("path", PAGES)
def test_legal_notices_are_on_every_page(lua, path):
    html = get(path).content.decode()

    assert f'<strong lang="pt-BR">{LAW}</strong>' in html
    assert 'href="tel:100"' in html
    assert "18+" in html
    assert lua.legal_name in html
    assert "CNPJ" in html


def test_page_that_is_not_found_has_the_theme_the_frame_and_the_menu(lua):
    response = get("/no-such-page/")
    html = response.content.decode()

    assert response.status_code == 404
    assert 'data-theme="night"' in html
    assert 'class="site-menu"' in html
    assert "noindex" in html


def test_failure_has_the_theme_and_asks_the_database_nothing(change, monkeypatch):
    change(theme="clear", scheme="dark")
    get("/")
    monkeypatch.setattr("wagtail.models.Page.serve", lambda *args: 1 / 0)
    client = Client(raise_request_exception=False)
    response = client.get("/", headers={"host": HOST})

    assert response.status_code == 500
    assert "no-store" in response.headers["Cache-Control"]
    assert 'data-theme="clear" data-face="fraunces"' in response.content.decode()
    assert 'data-scheme="dark"' in response.content.decode()


def test_styles_are_kept_for_ever_at_the_address_of_their_content(lua):
    path = reverse("site_style", args=[site_sheet().digest])
    response = get(path)

    assert f'href="{path}"' in get("/").content.decode()
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]
    assert get(path.replace(site_sheet().digest, "0000")).headers["Cache-Control"] == "no-cache"
    assert get(path, **{"accept-encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_own_styles_are_linked_only_where_there_are_some(change):
    assert "/own.css" not in get("/").content.decode()

    settings = change(accent_dark="#ffb0e0")
    path = reverse("own_style", args=[own_sheet(settings).digest])
    html = get("/").content.decode()
    response = get(path)

    assert f'href="{path}"' in html
    assert "#ffb0e0" in response.content.decode()
    assert "immutable" in response.headers["Cache-Control"]


def test_own_styles_of_another_are_not_found(change, sol):
    settings = change(accent_dark="#ffb0e0")
    path = reverse("own_style", args=[own_sheet(settings).digest])

    assert Client().get(path, headers={"host": "sol.localhost"}).status_code == 404


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_pinned_scheme_is_said_to_the_browser(change, scheme):
    change(scheme=scheme)
    html = get("/").content.decode()

    assert f'data-scheme="{scheme}"' in html
    assert f'<meta name="color-scheme" content="{scheme}">' in html


def test_staff_s_pages_are_stored_by_nobody_else(staff, lua):
    response = staff(lua, "editor").get("/admin/")

    assert "private" in response.headers["Cache-Control"]
