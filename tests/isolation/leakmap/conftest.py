"""The scene of every row."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.isolation.leakmap.row import Scene
from tests.isolation.world import World


@pytest.fixture
def scene(a: World, b: World, become: Callable[[str], Client]) -> Scene:
    """Return A's people and B's world."""
    return Scene(a, b, become)
