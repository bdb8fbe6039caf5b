"""Every address outside the admin, on A's hosts, with A's objects and with B's."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.isolation.urls import addresses, patterns
from tests.isolation.walk import Visitor
from tests.isolation.world import World

GUEST, STAFF, API = "lua.localhost", "lua.painel.localhost", "api.localhost"
WHO = ("guest", "editor", "superuser")


def visitor_of(who: str, host: str, become: Callable[[str], Client]) -> Client:
    """Return somebody on that host; staff bring the session that they have on their own."""
    client = Client() if who == "guest" else become(who)
    client.defaults["HTTP_HOST"] = host
    return client


@pytest.mark.parametrize("host", [GUEST, STAFF, API])
@pytest.mark.parametrize("who", WHO)
def test_no_public_address_shows_or_changes_anything_of_another_tenant(
    who: str, host: str, a: World, b: World, become: Callable[[str], Client]
) -> None:
    visitor = Visitor(visitor_of(who, host, become), a, b)
    for pattern in patterns(besides="admin/"):
        visitor.try_pattern(pattern)
    assert not visitor.wrong, "\n".join(visitor.wrong)


@pytest.mark.parametrize("who", WHO)
def test_a_guest_host_has_no_admin(who: str, a: World, become: Callable[[str], Client]) -> None:
    client = visitor_of(who, GUEST, become)
    served = [
        path
        for pattern in patterns(under="admin/")
        for path in addresses(pattern, a, most=1)
        if client.get(path).status_code != 404
    ]
    assert not served


@pytest.mark.parametrize("path", ["", "suites/", "suites/loft/", "en/"])
def test_a_staff_host_has_no_guests_pages(path: str, become: Callable[[str], Client]) -> None:
    response = become("superuser").get(f"/{path}")
    assert response.status_code == (404 if path else 302)
