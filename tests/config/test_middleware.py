"""What answers owe: compression, and refusals that stock views would turn into a failure."""

import gzip

import pytest
from django.test import Client
from wagtail.models import Site

from tenancy.context import tenant_scope
from tests.isolation.conftest import superuser_of


@pytest.fixture
def site(lua):
    with tenant_scope(lua):
        return Site.objects.order_by("pk").first()


def test_a_propertys_site_cannot_be_deleted_and_the_admin_says_why(lua, site):
    client = superuser_of(lua)
    response = client.post(f"/admin/sites/delete/{site.pk}/", follow=True)
    assert response.status_code == 200
    with tenant_scope(lua):
        assert f"ainda é usado por {site.property}" in response.content.decode()
        assert Site.objects.filter(pk=site.pk).exists()


@pytest.mark.django_db
def test_guests_pages_are_compressed_and_always_the_same_bytes(lua):
    guest = Client(HTTP_HOST="lua.localhost", HTTP_ACCEPT_ENCODING="gzip, br")
    guest.get("/")  # makes the renditions
    answers = [guest.get("/") for _ in range(2)]

    assert [answer.headers["Content-Encoding"] for answer in answers] == ["gzip", "gzip"]
    assert answers[0].content == answers[1].content
    assert "Accept-Encoding" in answers[0].headers["Vary"]
    plain = Client().get("/", headers={"host": "lua.localhost"})
    assert gzip.decompress(answers[0].content) == plain.content


@pytest.mark.django_db
def test_staff_pages_are_not_compressed_since_they_hold_a_secret(lua):
    answer = superuser_of(lua).get("/admin/account/", headers={"accept-encoding": "gzip, br"})

    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_an_origin_that_is_no_address_is_another_place_s(lua):
    response = Client(raise_request_exception=False).post(
        "/_envio/", {"a": "b"}, headers={"host": "lua.localhost", "origin": "http://["}
    )

    assert response.status_code == 403
