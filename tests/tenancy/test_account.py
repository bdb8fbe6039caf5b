"""The account screen offers what can be done, and the admin is called by its own name."""

from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from tenancy.context import tenant_scope
from tenancy.models import Tenant, User
from tests.conftest import StaffClient
from tests.isolation.bodies import forms_of

ACCOUNT = reverse("wagtailadmin_account")
EDITOR = "editor@lua.test"


@pytest.fixture
def editor(lua: Tenant, staff: StaffClient) -> Client:
    """Return somebody without any power over others."""
    return staff(lua, "editor")


def test_a_person_changes_their_name_and_not_their_address(editor: Client, lua: Tenant) -> None:
    body = forms_of(editor.get(ACCOUNT).content)
    assert not [name for name in body if "email" in name.rsplit("-", 1)[-1]]
    body |= {"name_email-first_name": ["Outra"], "name_email-last_name": ["Pessoa"]}
    editor.post(ACCOUNT, {**body, "name_email-email": ["mal@exemplo.test"]})
    with tenant_scope(lua):
        assert str(User.objects.get(email=EDITOR)) == "Outra Pessoa"


def test_the_zones_offered_exist_and_browsers_know_them() -> None:
    assert settings.TIME_ZONE in settings.WAGTAIL_USER_TIME_ZONES
    for zone in settings.WAGTAIL_USER_TIME_ZONES:
        assert ZoneInfo(zone)
        assert zone != "localtime"


def test_pictures_of_people_are_neither_taken_nor_shown(
    editor: Client, lua: Tenant, sol: Tenant
) -> None:
    assert "avatar-avatar" not in editor.get(ACCOUNT).content.decode()
    with tenant_scope(lua):
        profile = UserProfile.get_for_user(User.objects.get(email=EDITOR))
        UserProfile.objects.filter(pk=profile.pk).update(
            avatar=f"{sol.public_id}/avatar_images/x.png"
        )
    for path in ("/admin/", ACCOUNT):
        assert str(sol.public_id) not in editor.get(path).content.decode()


def test_the_admin_bears_its_own_name(editor: Client, lua: Tenant) -> None:
    login = Client(HTTP_HOST="lua.painel.localhost").get(reverse("wagtailadmin_login"))
    page = login.content.decode()
    assert "Entrar no painel" in page
    assert "Senha" in page
    assert "Password" not in page
    for text in (page, editor.get("/admin/").content.decode()):
        assert "tenancy/logo.svg" in text
        assert "guide.wagtail.org" not in text
