"""Refusals that stock views would turn into a failure."""

import pytest
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
