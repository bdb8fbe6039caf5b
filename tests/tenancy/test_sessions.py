"""Sessions, each bound to its tenant."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tenancy import services
from tenancy.context import tenant_scope
from tenancy.models import Tenant, User
from tenancy.sessions import TENANT_KEY, SessionStore
from tests.conftest import StaffClient, execute_as_owner, signed_in

EDITOR = "editor@lua.test"
LUA, SOL = "lua.painel.localhost", "sol.painel.localhost"


def status(client: Client, host: str) -> int:
    """Return what the panel answers this browser's session under that host."""
    return int(client.get("/admin/", headers={"host": host}).status_code)


@pytest.fixture
def both(lua: Tenant, sol: Tenant) -> Tenant:
    """Let lua's editor be sol's owner too, and return sol."""
    key = execute_as_owner("SELECT id FROM tenancy_user WHERE email = %s", EDITOR)[0][0]
    with tenant_scope(sol):
        services.add_member(user=User(pk=key), role="owner")
    return sol


def test_a_session_is_anonymous_on_anothers_host(lua: Tenant, sol: Tenant) -> None:
    client = signed_in(lua, EDITOR)
    assert status(client, LUA) == 200
    assert status(client, SOL) == 302


def test_a_session_survives_a_visit_to_anothers_host(lua: Tenant, sol: Tenant) -> None:
    client = signed_in(lua, EDITOR)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    status(client, SOL)
    assert Session.objects.filter(session_key=key).exists()
    client.cookies[settings.SESSION_COOKIE_NAME] = key  # a browser keeps one for each host
    assert status(client, LUA) == 200


def test_signing_in_on_anothers_host_begins_a_new_session(lua: Tenant, both: Tenant) -> None:
    client = signed_in(lua, EDITOR)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    with tenant_scope(both):
        client.force_login(User.objects.get(email=EDITOR))
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert after != before
    assert Session.objects.filter(session_key__in=[before, after]).count() == 2


def test_one_person_works_for_two_tenants_with_a_session_in_each(lua: Tenant, both: Tenant) -> None:
    in_lua, in_sol = signed_in(lua, EDITOR), signed_in(both, EDITOR)
    assert (status(in_lua, LUA), status(in_lua, SOL)) == (200, 302)
    assert (status(in_sol, SOL), status(in_sol, LUA)) == (200, 302)


def test_a_role_counts_in_its_tenant_only(lua: Tenant, both: Tenant) -> None:
    people = "/admin/people/"
    assert signed_in(both, EDITOR).get(people).status_code == 200
    assert signed_in(lua, EDITOR).get(people).status_code == 302


def test_a_session_without_a_tenant_is_nobodys(lua: Tenant) -> None:
    client = signed_in(lua, EDITOR)
    session = Session.objects.get(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value)
    data = session.get_decoded()
    assert data.pop(TENANT_KEY) == lua.pk
    # encoded outside any tenant, as by a command
    session.session_data = SessionStore().encode(data)
    session.save()
    assert status(client, LUA) == 302


def test_a_session_ends_with_the_membership(lua: Tenant, staff: StaffClient) -> None:
    client = staff(lua, "manager")
    assert status(client, LUA) == 200
    with tenant_scope(lua):
        user = User.objects.get(email="manager@lua.test")
        services.remove_member(membership=user.memberships.get())
    assert status(client, LUA) == 302


@pytest.mark.parametrize("name", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"])
def test_cookies_are_host_only(lua: Tenant, name: str) -> None:
    with tenant_scope(lua):
        user = User.objects.get(email=EDITOR)
        user.set_password("uma senha de teste")
        user.save()
    client = Client(HTTP_HOST=LUA)
    client.post("/admin/login/", {"username": EDITOR, "password": "uma senha de teste"})
    cookie = client.cookies[getattr(settings, name)]
    assert not cookie["domain"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_guest_gets_no_cookie(lua: Tenant, guest: Callable[[str], Client]) -> None:
    for path in ("/", "/suites/", "/suites/loft/", "/en/"):
        assert not guest("lua.localhost").get(path).cookies
