"""Every address of the admin, as everybody in A, with A's objects and with B's."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.isolation.conftest import USERS
from tests.isolation.urls import Pattern, patterns
from tests.isolation.walk import Visitor
from tests.isolation.world import World

PARTS: dict[str, Callable[[str], bool]] = {
    "pages": lambda route: route.startswith("admin/pages/"),
    "snippets": lambda route: route.startswith("admin/snippets/"),
    "media": lambda route: route.startswith(("admin/images/", "admin/documents/")),
    "offers": lambda route: route.startswith(("admin/promotions/", "admin/reviews/")),
    "company": lambda route: route.startswith(("admin/users/", "admin/groups/", "admin/guests/")),
}


def part_of(pattern: Pattern) -> str:
    return next((name for name, holds in PARTS.items() if holds(pattern.route)), "rest")


@pytest.mark.parametrize("part", [*PARTS, "rest"])
@pytest.mark.parametrize("who", USERS)
def test_no_address_of_the_admin_shows_or_changes_anything_of_another_tenant(
    who: str,
    part: str,
    a: World,
    b: World,
    become: Callable[[str], Client],
) -> None:
    visitor = Visitor(become(who), a, b)
    for pattern in patterns(under="admin/"):
        if part_of(pattern) == part:
            visitor.try_pattern(pattern)
    assert not visitor.wrong, "\n".join(visitor.wrong)
