"""What the owner's forms refuse is said at the field, in the owner's language."""

import pytest
from django.test import Client
from django.urls import reverse

from tenancy.context import tenant_scope
from tenancy.models import Domain, Membership, Property, Tenant
from tests.conftest import StaffClient


@pytest.fixture
def owner(lua: Tenant, staff: StaffClient) -> Client:
    """Return lua's only owner."""
    return staff(lua, "owner")


@pytest.mark.parametrize(
    ("host", "message"),
    [
        ("x y", "Este não é um nome de domínio válido."),
        ("a..b", "Este não é um nome de domínio válido."),
        ("lua.localhost", "Este domínio não está disponível."),
    ],
)
def test_a_domain_that_cannot_be_had(owner: Client, lua: Tenant, host: str, message: str) -> None:
    with tenant_scope(lua):
        before = Domain.objects.count()
        motel = Property.objects.first()
    response = owner.post(reverse("domains:add"), {"host": host, "property": str(motel.pk)})
    assert response.status_code == 200
    assert response.context["form"].errors == {"host": [message]}
    assert message in response.content.decode()
    with tenant_scope(lua):
        assert Domain.objects.count() == before


def test_a_domain_that_is_not_verified_does_not_become_primary(owner: Client, lua: Tenant) -> None:
    with tenant_scope(lua):
        domain = Domain.objects.create(host="novo.exemplo.test", property=Property.objects.first())
    path = reverse("domains:edit", args=[domain.pk])
    response = owner.post(path, {"is_primary": "on"})
    assert response.context["form"].errors["is_primary"] == [
        "Este domínio ainda não foi verificado."
    ]


def test_a_primary_domain_is_not_removed(owner: Client, lua: Tenant) -> None:
    with tenant_scope(lua):
        domain = Domain.objects.get(host="lua.localhost")
    path = reverse("domains:delete", args=[domain.pk])
    assert "não pode ser removido" in owner.post(path, follow=True).content.decode()
    with tenant_scope(lua):
        assert Domain.objects.filter(pk=domain.pk).exists()


def of_the_owner(tenant: Tenant) -> Membership:
    with tenant_scope(tenant):
        return Membership.objects.get(role="owner")


def test_the_last_owner_stays_one(owner: Client, lua: Tenant) -> None:
    path = reverse("people:edit", args=[of_the_owner(lua).pk])
    response = owner.post(path, {"role": "editor"})
    message = "A empresa precisa de ao menos um proprietário."
    assert response.context["form"].errors["role"] == [message]
    assert message in response.content.decode()
    assert of_the_owner(lua)


def test_the_last_owner_is_not_removed(owner: Client, lua: Tenant) -> None:
    path = reverse("people:delete", args=[of_the_owner(lua).pk])
    assert "ao menos um proprietário" in owner.post(path, follow=True).content.decode()
    assert of_the_owner(lua)


@pytest.mark.parametrize("view", ["invitations:add", "people:edit"])
def test_no_owner_makes_an_operator(owner: Client, lua: Tenant, view: str) -> None:
    args = [of_the_owner(lua).pk] if view == "people:edit" else []
    path = reverse(view, args=args)
    assert "Operador" not in owner.get(path).content.decode()
    body = {"email": "nova@exemplo.test", "name": "Nova", "role": "operator"}
    response = owner.post(path, body)
    assert response.status_code == 200
    assert response.context["form"].errors["role"]
