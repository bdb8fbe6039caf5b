"""Few connections in Django's own pool, passed from thread to thread, tenant to tenant."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from tests.connections import settings_of, threads_connected
from tests.isolation.aims import Aim
from tests.isolation.interleaving import (
    ROUNDS,
    THREADS,
    committed_aims,
    in_threads,
    requests_in_threads,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def aims(django_db_setup: None, django_db_blocker) -> Iterator[tuple[Aim, Aim]]:
    with django_db_blocker.unblock(), committed_aims() as aims:
        yield aims


@pytest.fixture(params=[1, 2])
def pool(request, aims) -> Iterator[int]:
    """Have threads share a pool; return how many connections it holds."""
    settings = settings_of("app")
    options = {"min_size": 1, "max_size": request.param, "timeout": 60}
    pooled: dict[str, Any] = {**settings, "OPTIONS": {**settings["OPTIONS"], "pool": options}}
    with threads_connected(pooled):
        yield request.param
    type(connections["default"])(pooled, "default").close_pool()


def test_mixed_operations_never_meet_another_tenants_rows(pool, aims):
    done = in_threads(aims, close=True)
    assert len(done) <= pool
    assert done.total() == THREADS * ROUNDS > 1000


def test_requests_of_two_tenants_never_meet(pool):
    assert len(requests_in_threads()) <= pool
