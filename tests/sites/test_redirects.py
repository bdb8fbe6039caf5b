"""Redirects of a tenant's own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from sites.redirects import LeadsOffSite
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
