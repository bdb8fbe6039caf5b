"""What makes a function the test of a row."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from tests.isolation import bodies
from tests.isolation.leakmap.removal import REMOVALS
from tests.isolation.walk import cache_of
from tests.isolation.walls import fingerprint, is_broken, leaked, text_of, undone, uuids_of
from tests.isolation.world import World

ROWS: dict[str, list[str]] = {}
"""Every row that has a test: its walls, or nothing."""

STANDS: dict[str, str] = {}
"""Rows behind which there is no wall of ours to take away, and why."""


class Leak(AssertionError):
    """Something of B came through."""


class Crash(RuntimeError):
    """A view failed, which proves nothing about a wall."""


@dataclass
class Scene:
    """A's people on A's host, and B."""

    a: World
    b: World
    become: Callable[[str], Client]
    is_open: bool = False
    clients: dict[str, Client] = field(default_factory=dict)
    fragile: set[str] = field(default_factory=set)
    """Addresses at which stock Wagtail fails for objects that are not there."""

    @cached_property
    def secrets(self) -> set[str]:
        return uuids_of(self.b.tenant) - uuids_of(self.a.tenant)

    def get(
        self, path: str, who: str = "superuser", client: Client | None = None
    ) -> HttpResponseBase:
        """Ask by GET; raise `Leak` if anything of B is in the answer."""
        self.secrets  # noqa: B018 (B's ids as they are before the request)
        asker = client or self.client(who)
        with undone():
            response = asker.get(path)
            self._listen(path, None, response)
        return response

    def post(
        self, path: str, body: dict[str, Any], who: str = "superuser", client: Client | None = None
    ) -> HttpResponseBase:
        """Ask by POST; raise `Leak` also if anything outside A has changed."""
        self.secrets  # noqa: B018
        asker = client or self.client(who)
        before = fingerprint(self.a.tenant)
        with undone():
            response = asker.post(path, body)
            self._listen(path, body, response)
            if not is_broken() and fingerprint(self.a.tenant) != before:
                raise Leak(f"POST {path} changed what is not A's.")
        cache_of(self.a)
        return response

    def client(self, who: str) -> Client:
        """Return somebody of A, signed in on A's staff host."""
        if who not in self.clients:
            self.clients[who] = self.become(who)
            self.clients[who].raise_request_exception = False
        return self.clients[who]

    def _listen(self, path: str, body: dict[str, Any] | None, response: HttpResponseBase) -> None:
        said = bodies.said(path, {name: [str(value)] for name, value in (body or {}).items()})
        if found := leaked(text_of(response), said, self.secrets):
            raise Leak(f"{path} → {response.status_code} says {sorted(found)}")
        if response.status_code >= 500 and path not in self.fragile:
            raise Crash(path) from response.exc_info[1]  # type: ignore[attr-defined]  # the test client's


def row(name: str, *walls: str, stands: str = "") -> Callable[[Callable[[Scene], None]], Any]:
    """Make a probe the test of that row: closed as served, open without its walls.

    `stands` says why there is nothing to take away.
    """
    assert bool(walls) != bool(stands), "either a wall, or a reason"

    def decorate(probe: Callable[[Scene], None]) -> Any:
        ROWS.setdefault(name, []).extend(walls)
        if stands:
            STANDS[name] = stands

        def test(scene: Scene) -> None:
            probe(scene)
            if walls:
                open_without(walls, probe, scene)

        test.__name__, test.__doc__ = probe.__name__, probe.__doc__
        return test

    return decorate


def open_without(walls: tuple[str, ...], probe: Callable[[Scene], None], scene: Scene) -> None:
    """Insist that the probe, which has just passed, fails without the walls."""
    scene.is_open = True
    cache_of(scene.a)
    cache_of(scene.b)
    with ExitStack() as stack:
        for wall in walls:
            stack.enter_context(REMOVALS[wall]())
        with pytest.raises(AssertionError):
            probe(scene)
