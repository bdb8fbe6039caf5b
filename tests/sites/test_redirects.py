"""Redirects of a tenant's own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from sites.redirects import LeadsOffSite, UnfitRedirect
from tenancy.context import tenant_scope
from tests.isolation.bodies import forms_of

pytestmark = pytest.mark.django_db

LUA, CENTRO, SOL = "lua.localhost", "lua-centro.localhost", "sol.localhost"
ELSEWHERE = "https://cardapio.exemplo.test/lua"


def get(path: str, host: str = LUA) -> tuple[int, str]:
    response = Client().get(path, headers={"host": host})
    return response.status_code, response.headers.get("Location", "")


def add(client: Client, **fields: object):
    body = {"old_path": "/antiga", "is_permanent": "on", "redirect_link": "", **fields}
    return client.post(reverse("wagtailredirects:add"), body)


def test_an_address_of_the_file_leads_to_its_page(lua):
    assert get("/tarifas") == (301, f"http://{LUA}/suites/")
    assert get("/tarifas/") == (301, f"http://{LUA}/suites/")


def test_neither_another_motel_nor_another_company_follows_it(lua, sol):
    assert get("/tarifas/", CENTRO)[0] == 404
    assert get("/tarifas/", SOL)[0] == 404


def test_a_redirect_for_all_of_a_company_s_sites_stays_in_the_company(lua, staff):
    response = add(staff(lua, "manager"), redirect_link=f"http://{LUA}/suites/")

    assert response.status_code == 302
    assert [get("/antiga/", host)[0] for host in (LUA, CENTRO, SOL)] == [301, 301, 404]


def test_pages_win_over_redirects(lua):
    with tenant_scope(lua):
        Redirect.add_redirect("/suites", redirect_to=f"http://{LUA}/")

    assert get("/suites/")[0] == 200


def test_another_site_must_be_meant(lua, staff):
    client = staff(lua, "manager")

    refused = add(client, redirect_link=ELSEWHERE)
    accepted = add(client, redirect_link=ELSEWHERE, leads_off_site="on")

    assert refused.status_code == 200
    assert "redirect_link" in refused.context["form"].errors
    assert accepted.status_code == 302
    assert get("/antiga/") == (301, ELSEWHERE)


@pytest.mark.parametrize(
    "address", ["/antiga", f"http://{LUA}/antiga/", f"http://{LUA}/antiga?", f"ftp://{LUA}/x"]
)
def test_what_leads_to_itself_or_where_no_guest_can_go_is_refused_at_the_field(lua, staff, address):
    refused = add(staff(lua, "manager"), redirect_link=address, leads_off_site="on")

    assert set(refused.context["form"].errors) == {"redirect_link"}


def test_the_same_path_of_another_motel_is_no_loop(lua, staff):
    with tenant_scope(lua):
        site = Site.objects.get(hostname=LUA)

    answer = add(staff(lua, "manager"), redirect_link=f"http://{CENTRO}/antiga/", site=site.pk)

    assert answer.status_code == 302


def test_a_redirect_leads_somewhere(lua, staff):
    response = add(staff(lua, "manager"))

    assert "redirect_page" in response.context["form"].errors


def test_a_script_cannot_send_guests_elsewhere_by_accident(lua):
    with tenant_scope(lua), pytest.raises(LeadsOffSite):
        Redirect.add_redirect("/antiga", redirect_to="https://lua.localhost.exemplo.test/")


def lead(*steps: tuple[str, str], site: Site | None = None) -> None:
    """Store redirects as they may have come in before anybody looked, each to a path of lua's."""
    Redirect.objects.bulk_create(
        Redirect(old_path=old, redirect_link=f"http://{LUA}{new}", site=site) for old, new in steps
    )


@pytest.mark.parametrize("is_of_one_site", [True, False])
@pytest.mark.parametrize(
    "steps", [[("/b", "/antiga")], [("/b", "/c"), ("/c", "/antiga/")], [("/b", "/c"), ("/c", "/b")]]
)
def test_a_circle_is_refused_at_the_field(lua, staff, steps, is_of_one_site):
    with tenant_scope(lua):
        site = Site.objects.get(hostname=LUA)
        lead(*steps, site=site if is_of_one_site else None)

    for chosen in ("", site.pk):
        refused = add(staff(lua, "manager"), redirect_link=f"http://{LUA}/b/", site=chosen)
        assert set(refused.context["form"].errors) == {"redirect_link"}
        assert "círculos" in refused.content.decode()


def test_a_redirect_is_not_made_one_of_a_circle_later(lua, staff):
    client = staff(lua, "manager")
    with tenant_scope(lua):
        lead(("/b", "/antiga"), ("/antiga", "/suites"))
        row = Redirect.objects.get(old_path="/antiga")
    body = {"old_path": "/antiga", "is_permanent": "on", "site": ""}
    url = reverse("wagtailredirects:edit", args=[row.pk])

    as_it_is = client.post(url, body | {"redirect_link": f"http://{LUA}/suites/"})
    refused = client.post(url, body | {"redirect_link": f"http://{LUA}/b/"})

    assert as_it_is.status_code == 302
    assert set(refused.context["form"].errors) == {"redirect_link"}


def test_what_lies_behind_a_published_page_makes_no_circle(lua, staff):
    with tenant_scope(lua):
        lead(("/suites", "/antiga"), ("/en/suites", "/antiga"))

    for target in ("/suites/", "/en/suites/"):
        with tenant_scope(lua):
            Redirect.objects.filter(old_path="/antiga").delete()
        answer = add(staff(lua, "manager"), redirect_link=f"http://{LUA}{target}")
        assert answer.status_code == 302
        assert get("/antiga/") == (301, f"http://{LUA}{target}")


@pytest.mark.parametrize("query", ["", "?utm_source=anuncio"])
def test_guests_are_not_sent_in_circles_however_they_came_about(lua, query):
    with tenant_scope(lua):
        lead(("/a", "/b"), ("/b", "/c"), ("/c", "/b"), ("/d", "/d"), ("/e", "/suites"))

    for path in ("/a/", "/b/", "/c/", "/d/"):
        assert get(f"{path}{query}")[0] == 404
    assert get(f"/e/{query}") == (301, f"http://{LUA}/suites")


def test_a_page_that_moved_there_and_back_and_was_taken_down_is_not_found(
    lua, django_capture_on_commit_callbacks
):
    for slug in ("nossa-casa", "a-casa"):
        with tenant_scope(lua), django_capture_on_commit_callbacks(execute=True):
            page = Page.objects.get(
                slug__in=["a-casa", "nossa-casa"], locale__language_code="pt-br"
            )
            page = page.specific
            page.slug = slug
            page.save_revision().publish()
    assert get("/nossa-casa/") == (301, f"http://{LUA}/a-casa/")

    with tenant_scope(lua):
        Page.objects.get(slug="a-casa", locale__language_code="pt-br").specific.unpublish()

    assert get("/a-casa/")[0] == 404


def test_a_script_cannot_make_a_circle(lua):
    with tenant_scope(lua):
        lead(("/b", "/antiga"))
        with pytest.raises(UnfitRedirect, match="círculos"):
            Redirect.add_redirect("/antiga", redirect_to=f"http://{LUA}/b")


def imported(client: Client, rows: str):
    file = SimpleUploadedFile("antigas.csv", f"de,para\n{rows}".encode())
    page = client.post(reverse("wagtailredirects:start_import"), {"import_file": file})
    body = forms_of(page.content) | {"from_index": ["0"], "to_index": ["1"], "permanent": ["on"]}
    return client.post(reverse("wagtailredirects:process_import"), body, follow=True)


def test_managers_import_a_file(lua, staff):
    imported(staff(lua, "manager"), f"/velha,http://{LUA}/suites/\n/outra,http://{LUA}/en/\n")

    assert get("/velha/") == (301, f"http://{LUA}/suites/")
    assert get("/outra/") == (301, f"http://{LUA}/en/")


def test_a_file_with_another_site_in_it_is_not_imported_at_all(lua, staff):
    response = imported(staff(lua, "manager"), f"/velha,http://{LUA}/suites/\n/outra,{ELSEWHERE}\n")

    assert ELSEWHERE in response.content.decode()
    assert get("/velha/")[0] == 404


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("/a", "/b"), ("/b", "/a")], "/b → http://lua.localhost/a: "),
        ([("/x", "/suites"), ("/a", "/b"), ("/b", "/c"), ("/c", "/a")], "/c → "),
        ([("/x", "/suites"), ("/a", "/a")], "/a → "),
    ],
)
def test_a_file_with_a_circle_in_it_is_not_imported_at_all(lua, staff, rows, said):
    text = "".join(f"{old},http://{LUA}{new}\n" for old, new in rows)

    response = imported(staff(lua, "manager"), text)

    assert f"Nada foi importado. {said}" in response.content.decode()
    with tenant_scope(lua):
        assert not Redirect.objects.filter(old_path__in=["/a", "/b", "/c", "/x"]).exists()


def test_managers_export_their_own(lua, sol, staff):
    client = staff(lua, "manager")

    exported = client.get(reverse("wagtailredirects:index"), {"export": "csv"})

    text = b"".join(exported.streaming_content).decode()
    assert "/tarifas" in text
    assert "solmark" not in text


def test_a_page_that_gets_another_address_is_still_found_at_the_old_one(
    lua, django_capture_on_commit_callbacks
):
    with tenant_scope(lua), django_capture_on_commit_callbacks(execute=True):
        page = Page.objects.get(slug="a-casa", locale__language_code="pt-br").specific
        page.slug = "nossa-casa"
        page.save_revision().publish()

    assert get("/a-casa/") == (301, f"http://{LUA}/nossa-casa/")


def test_a_staff_host_follows_none(lua, staff):
    with tenant_scope(lua):
        for site in Site.objects.all():
            Redirect.add_redirect("/admin/nada", redirect_to=f"http://{LUA}/", site=site)

    assert staff(lua, "manager").get("/admin/nada/").status_code == 404


@pytest.mark.parametrize("path", ["/nada/", "/en/nada/", "/es/", "/es/tarifas/", "/%00/"])
def test_what_is_nowhere_is_not_found(lua, path):
    assert get(path)[0] == 404
