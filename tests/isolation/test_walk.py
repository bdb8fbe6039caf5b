"""The walk itself: it leaves no address out, and notices what it is there to notice."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.isolation.arguments import UnknownArgument
from tests.isolation.leakmap.removal import REMOVALS
from tests.isolation.urls import Pattern, addresses, patterns
from tests.isolation.walk import Visitor
from tests.isolation.world import World


def find(view: str) -> Pattern:
    return next(pattern for pattern in patterns() if pattern.view == view)


def test_every_pattern_has_an_address(a: World) -> None:
    empty = [pattern.route for pattern in patterns() if not list(addresses(pattern, a))]
    assert not empty


def test_an_argument_that_nobody_decided_on_fails_the_walk(a: World) -> None:
    pattern = Pattern("admin/novo/<int:coupon_id>/", "novo", "", None)
    with pytest.raises(UnknownArgument):
        list(addresses(pattern, a))


@pytest.fixture
def unguarded(a: World, b: World, become: Callable[[str], Client]) -> Visitor:
    """Return a superuser in A for whom all is ready before the walls fall."""
    return Visitor(become("superuser"), a, b)


def test_the_walk_notices_what_an_answer_says(unguarded: Visitor) -> None:
    with REMOVALS["rls"]():
        unguarded.try_pattern(find("wagtailusers_users:index"))
    assert any("sol.test" in line for line in unguarded.wrong)


def test_the_walk_notices_what_a_request_changes(unguarded: Visitor) -> None:
    with REMOVALS["rls"](), REMOVALS["manager"]():
        unguarded.try_pattern(find("wagtailsnippets_suites_inclusion:delete"))
    assert any("changed" in line and "suites_inclusion" in line for line in unguarded.wrong)
