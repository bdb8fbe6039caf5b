"""The way into a tenant's scope, and back out of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import get_language

from sites.models import HomePage
from tenancy.context import current_tenant_id, tenant_scope
from tenancy.middleware import TenantMiddleware
from tenancy.models import Tenant
from tests.conftest import StaffClient
from tests.isolation.bodies import forms_of

HOSTS = {"lua.localhost": "lua", "lua.painel.localhost": "lua", "sol.localhost": "sol"}


def through(view: Any, host: str, path: str = "/", **attributes: Any) -> Any:
    """Send a request of that host through the middleware, to the view."""
    request = RequestFactory().get(path, headers={"host": host})
    for name, value in attributes.items():
        setattr(request, name, value)
    return TenantMiddleware(view)(request)


def tell(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(current_tenant_id()))


@pytest.mark.parametrize(("host", "slug"), HOSTS.items())
def test_a_request_runs_in_its_hosts_tenant(lua: Tenant, sol: Tenant, host: str, slug: str) -> None:
    path = "/admin/" if "painel" in host else "/"
    expected = {"lua": lua, "sol": sol}[slug].pk
    assert through(tell, host, path).content == str(expected).encode()
    assert current_tenant_id() is None


def test_the_scope_is_left_also_after_an_error(lua: Tenant) -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        raise LookupError

    with pytest.raises(LookupError):
        through(fail, "lua.localhost")
    assert current_tenant_id() is None


def test_a_request_within_a_scope_goes_back_to_it(lua: Tenant, sol: Tenant) -> None:
    with tenant_scope(sol):
        through(tell, "lua.localhost")
        assert current_tenant_id() == sol.pk


def test_each_chunk_of_a_stream_is_made_in_scope(lua: Tenant, sol: Tenant) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(3):
            yield str(current_tenant_id()).encode()

    response = through(lambda request: StreamingHttpResponse(chunks()), "lua.localhost")
    seen = []
    with tenant_scope(sol):
        for chunk in response.streaming_content:
            seen.append(chunk)
            assert current_tenant_id() == sol.pk
    assert seen == [str(lua.pk).encode()] * 3


def test_interleaved_streams_keep_their_tenants(lua: Tenant, sol: Tenant) -> None:
    def chunks() -> Iterator[bytes]:
        while True:
            yield str(current_tenant_id()).encode()

    streams = [
        iter(through(lambda request: StreamingHttpResponse(chunks()), host).streaming_content)
        for host in ("lua.localhost", "sol.localhost")
    ]
    seen = [next(stream) for _ in range(3) for stream in streams]
    assert seen == [str(lua.pk).encode(), str(sol.pk).encode()] * 3


def test_the_request_shows_its_normalised_host(lua: Tenant) -> None:
    response = through(lambda request: HttpResponse(request.get_host()), "LUA.localhost.:8000")
    assert response.content == b"lua.localhost:8000"


@pytest.mark.parametrize("path", ["/admin", "/admin/", "/admin/login/", "/admin/api/main/pages/"])
def test_a_motels_own_host_has_no_admin(lua: Tenant, path: str) -> None:
    assert Client(HTTP_HOST="lua.localhost").get(path).status_code == 404


@pytest.mark.parametrize("path", ["/suites/", "/en/", "/administracao/"])
def test_a_staff_host_has_no_guests_pages(lua: Tenant, path: str) -> None:
    assert Client(HTTP_HOST="lua.painel.localhost").get(path).status_code == 404


def test_a_dummy_request_stays_in_the_tenant_of_the_one_around_it(lua: Tenant, sol: Tenant) -> None:
    with tenant_scope(lua):
        response = through(tell, "sol.localhost", is_dummy=True)
    assert str(sol.pk).encode() != response.content


def test_a_preview_runs_the_middleware_again_and_the_scope_is_restored(lua: Tenant) -> None:
    with tenant_scope(lua):
        page = HomePage.objects.get(slug="lua")
        response = page.make_preview_request()
        assert response.status_code == 200
        assert "Motel Lua" in response.rendered_content
        assert current_tenant_id() == lua.pk
    assert current_tenant_id() is None


def test_an_editor_previews_what_is_not_saved(lua: Tenant, staff: StaffClient) -> None:
    client = staff(lua, "editor")
    with tenant_scope(lua):
        page = HomePage.objects.get(slug="lua").pk
    body = forms_of(client.get(reverse("wagtailadmin_pages:edit", args=[page])).content)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page])
    answer = client.post(preview, {**body, "title": ["Um título por salvar"]})
    assert answer.json()["is_valid"], answer.json()
    shown = client.get(preview)
    assert "Um título por salvar" in shown.content.decode()
    assert get_language() == "pt-br"
    assert client.get("/admin/").status_code == 200, "the session was not flushed"
