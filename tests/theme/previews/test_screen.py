"""The staff's preview screen, over HTTP."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from suites.pages import SuitePage
from tenancy.context import tenant_scope
from tests.isolation.bodies import forms_of
from theme.clock import instant_of
from theme.models import PreviewLink, ThemedPage

BAND = "Prévia de 12/06/2026 23:50 (horário de Belém)"
INSTANT = datetime(2026, 6, 13, 2, 50, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def frame_of(client, page, **query: str):
    return client.get(reverse("page_preview_frame", args=[page.pk]), query)


def test_page_types_offer_phone_tablet_and_desktop():
    for model in apps.get_models():
        if not issubclass(model, ThemedPage):
            continue
        sizes = {size["name"]: size["device_width"] for size in model().preview_sizes}
        assert sizes == {"mobile": 390, "tablet": 820, "desktop": 1440}
        assert model().default_preview_size in sizes


def test_editor_offers_the_screen_and_moments(lua, staff, draft):
    html = staff(lua, "editor").get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content
    soup = BeautifulSoup(html, "html.parser")

    assert soup.find("a", href=reverse("page_preview", args=[draft.pk]))
    labels = [option.text.strip() for option in soup.select("#id_preview_mode option")]
    assert labels[:3] == ["Agora", "Hoje, 22:40", "Próximo sábado, 23:00"]


def test_draft_is_drawn_as_of_the_instant_of_the_property(lua, staff, draft):
    client = staff(lua, "editor")

    now = frame_of(client, draft).content.decode()
    later = frame_of(client, draft, at="2026-06-12T23:50").content.decode()
    live = frame_of(client, draft, at="2026-06-12T23:50", version="live").content.decode()

    assert BAND not in now
    assert "Prévia" in now
    assert BAND in later
    assert BAND in live
    assert ["Palavras do rascunho" in html for html in (now, later, live)] == [True, True, False]


def test_whatever_is_drawn_can_ask_for_the_instant(lua, staff, draft, monkeypatch):
    asked = []

    def get_context(page: Page, request: HttpRequest, *args: object, **kwargs: object):
        asked.append(instant_of(request))
        return original(page, request, *args, **kwargs)

    original = SuitePage.get_context
    monkeypatch.setattr(SuitePage, "get_context", get_context)
    frame_of(staff(lua, "editor"), draft, at="2026-06-12T23:50")

    assert asked == [INSTANT]


def test_unsaved_words_are_drawn_as_of_an_instant_in_the_editor_s_own_panel(lua, staff, draft):
    client = staff(lua, "editor")
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    form = {**forms_of(editor.content), "intro": ["Ainda não salvas"]}

    assert client.post(address, form).json() == {"is_valid": True, "is_available": True}
    html = client.get(address, {"mode": "2026-06-12T23:50"}).content.decode()

    assert BAND in html
    assert "Ainda não salvas" in html


def test_guests_see_no_band(lua, guest, draft):
    html = guest("lua.localhost").get("/suites/loft/").content.decode()

    assert "Prévia" not in html
    assert "preview.css" not in html


@pytest.mark.parametrize("at", ["amanhã", "0001-01-01T00:00", "2026-06-12T23:50Z"])
def test_screen_says_what_is_no_instant(at, lua, staff, draft):
    html = staff(lua, "editor").get(reverse("page_preview", args=[draft.pk]), {"at": at})

    assert html.status_code == 200
    assert "Escreva data e hora assim" in html.content.decode()


@pytest.mark.parametrize(
    ("device", "widths"),
    [("phone", ["390"]), ("tablet", ["820"]), ("desktop", ["1440"]),
     ("all", ["390", "820", "1440"]), ("fridge", ["390"])],
)  # fmt: skip
def test_screen_frames_the_page_at_each_width(device, widths, lua, staff, draft):
    query = {"at": "2026-06-12T23:50", "version": "live", "device": device}
    html = staff(lua, "editor").get(reverse("page_preview", args=[draft.pk]), query).content
    frames = BeautifulSoup(html, "html.parser").find_all("iframe")

    assert [frame["width"] for frame in frames] == widths
    if device != "fridge":
        shown = urlencode({"at": "2026-06-12T23:50", "version": "live"})
        expected = f"{reverse('page_preview_frame', args=[draft.pk])}?{shown}".replace("%3A", ":")
        assert {frame["src"].replace("%3A", ":") for frame in frames} == {expected}


def test_screen_leads_to_the_page_s_languages_at_the_same_instant(lua, staff, draft):
    with tenant_scope(lua):
        english = draft.get_translations().get(locale__language_code="en")
    query = {"at": "2026-06-12T23:50"}
    html = staff(lua, "editor").get(reverse("page_preview", args=[draft.pk]), query).content
    soup = BeautifulSoup(html, "html.parser")

    links = {link["lang"]: link["href"] for link in soup.select(".preview-languages a")}

    assert set(links) == {"pt-br", "en"}
    assert links["en"].startswith(reverse("page_preview", args=[english.pk]))
    assert "at=2026-06-12T23%3A50" in links["en"]
    frame = frame_of(staff(lua, "editor"), english, **query).content.decode()
    assert '<html lang="en"' in frame


def test_frames_may_be_framed_by_the_panel_only_and_run_guests_scripts_only(lua, staff, draft):
    answer = frame_of(staff(lua, "editor"), draft)

    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert "private" in answer.headers["Cache-Control"]


def test_screen_draws_nothing_inline(lua, staff, draft):
    html = staff(lua, "editor").get(reverse("page_preview", args=[draft.pk])).content
    ours = BeautifulSoup(html, "html.parser").select_one(".preview-screen")

    assert not ours.select("script, style, [style], [onclick]")


@pytest.mark.parametrize("view", ["page_preview", "page_preview_frame"])
def test_other_companies_pages_and_pages_of_no_site_do_not_exist(view, lua, sol, staff):
    with tenant_scope(sol):
        theirs = SuitePage.objects.first().pk
    with tenant_scope(lua):
        root = Page.objects.get(depth=1).pk
    client = staff(lua, "owner")

    assert client.get(reverse(view, args=[theirs])).status_code == 404
    assert client.post(reverse("page_preview", args=[theirs]), {"lasts": "1d"}).status_code == 404
    assert client.get(reverse(view, args=[root])).status_code == 404


@pytest.mark.parametrize("view", ["page_preview", "page_preview_frame"])
def test_who_may_not_edit_the_page_may_not_preview_it(view, lua, staff, draft):
    client = staff(lua, "editor")
    with tenant_scope(lua):
        GroupPagePermission.objects.filter(group__name="Editores").delete()

    assert client.get(reverse(view, args=[draft.pk])).status_code in (302, 403)
    client.post(reverse("page_preview", args=[draft.pk]), {"lasts": "1d"})
    with tenant_scope(lua):
        assert not PreviewLink.objects.exists()
