"""Signing in: members of the host's tenant only, and never with the demo's password."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import reverse

from tenancy.auth import DEMO_PASSWORD, MemberBackend, NotTheDemoPassword
from tenancy.context import tenant_scope
from tenancy.models import Tenant, User
from tests.conftest import execute_as_owner, signed_in

LOGIN = reverse("wagtailadmin_login")
PASSWORD = "uma senha de teste"
EDITOR = "editor@lua.test"


def give_password(tenant: Tenant, email: str, password: str = PASSWORD) -> None:
    with tenant_scope(tenant):
        user = User.objects.get(email=email)
        user.set_password(password)
        user.save()


def is_let_in(host: str, email: str, password: str = PASSWORD) -> bool:
    client = Client(HTTP_HOST=host)
    client.post(LOGIN, {"username": email, "password": password})
    return bool(client.get("/admin/").status_code == 200)


def test_a_member_signs_in_on_the_tenants_host(lua: Tenant) -> None:
    give_password(lua, EDITOR)
    assert is_let_in("lua.painel.localhost", EDITOR)


def test_an_address_is_the_same_in_any_case(lua: Tenant) -> None:
    give_password(lua, EDITOR)
    assert is_let_in("lua.painel.localhost", f" {EDITOR.upper()}")


@pytest.mark.parametrize("host", ["sol.painel.localhost", "painel.localhost"])
def test_nobody_else_signs_in_there(lua: Tenant, sol: Tenant, host: str) -> None:
    give_password(lua, EDITOR)
    assert not is_let_in(host, EDITOR)


def test_a_refusal_does_not_tell_who_is_known(lua: Tenant, sol: Tenant) -> None:
    give_password(sol, "editor@sol.test")
    pages = []
    for email in ("editor@sol.test", "ninguem@sol.test"):
        client = Client(HTTP_HOST="lua.painel.localhost")
        response = client.post(LOGIN, {"username": email, "password": PASSWORD})
        pages.append(response.context["form"].non_field_errors())
    assert pages[0] == pages[1]


def test_somebody_inactive_does_not_sign_in(lua: Tenant) -> None:
    give_password(lua, EDITOR)
    execute_as_owner("UPDATE tenancy_user SET is_active = false WHERE email = %s", EDITOR)
    assert not is_let_in("lua.painel.localhost", EDITOR)


def test_a_wrong_password_is_refused(lua: Tenant) -> None:
    give_password(lua, EDITOR)
    assert not is_let_in("lua.painel.localhost", EDITOR, "outra")


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_demos_password_opens_the_demo_only(lua: Tenant, is_demo: bool) -> None:
    give_password(lua, EDITOR, DEMO_PASSWORD)
    with override_settings(DEMO=is_demo):
        assert is_let_in("lua.painel.localhost", EDITOR, DEMO_PASSWORD) is is_demo


def test_the_demos_password_cannot_be_chosen(settings) -> None:
    settings.DEMO = False
    with pytest.raises(ValidationError):
        NotTheDemoPassword().validate(DEMO_PASSWORD)
    settings.DEMO = True
    NotTheDemoPassword().validate(DEMO_PASSWORD)


def test_outside_any_tenant_nobody_is_known(lua: Tenant) -> None:
    with tenant_scope(lua):
        user = User.objects.get(email=EDITOR)
    assert not MemberBackend().user_can_authenticate(user)


@pytest.mark.parametrize("view", ["add", "edit", "delete"])
def test_wagtails_screens_of_people_are_closed_to_a_superuser_too(lua: Tenant, view: str) -> None:
    execute_as_owner("UPDATE tenancy_user SET is_superuser = true WHERE email = %s", EDITOR)
    with tenant_scope(lua):
        args = [] if view == "add" else [User.objects.get(email="manager@lua.test").pk]
    client = signed_in(lua, EDITOR)
    response = client.post(reverse(f"wagtailusers_users:{view}", args=args))
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_home")
    with tenant_scope(lua):
        assert User.objects.filter(email="manager@lua.test").exists()


def test_the_list_of_people_offers_a_superuser_no_deletion(lua: Tenant) -> None:
    execute_as_owner("UPDATE tenancy_user SET is_superuser = true WHERE email = %s", EDITOR)
    with tenant_scope(lua):
        manager = User.objects.get(email="manager@lua.test")
    page = signed_in(lua, EDITOR).get(reverse("wagtailusers_users:index")).content.decode()
    assert manager.email in page
    assert reverse("wagtailusers_users:delete", args=[manager.pk]) not in page
