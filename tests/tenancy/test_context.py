import asyncio
from contextvars import copy_context
from threading import Thread

import pytest

from tenancy.context import (
    NoTenant,
    bypassing,
    current_tenant_id,
    is_bypassing,
    no_tenant,
    require_tenant_id,
    tenant_scope,
)
from tenancy.models import Tenant


def test_there_is_no_tenant_at_first():
    assert current_tenant_id() is None
    with pytest.raises(NoTenant):
        require_tenant_id()


def test_a_scope_takes_a_tenant_or_its_id():
    with tenant_scope(Tenant(pk=7)):
        assert require_tenant_id() == 7
    with tenant_scope(8):
        assert require_tenant_id() == 8


def test_the_platform_is_a_tenant_like_another():
    with tenant_scope(0):
        assert require_tenant_id() == 0


def test_leaving_restores_what_was_before():
    with tenant_scope(7):
        with tenant_scope(8):
            assert current_tenant_id() == 8
        assert current_tenant_id() == 7
    assert current_tenant_id() is None


def test_an_exception_restores_too():
    with tenant_scope(7):
        with pytest.raises(ZeroDivisionError), tenant_scope(8):
            raise ZeroDivisionError
        assert current_tenant_id() == 7


def test_no_tenant_hides_the_tenant_for_a_while():
    with tenant_scope(7):
        with no_tenant(), pytest.raises(NoTenant):
            require_tenant_id()
        assert current_tenant_id() == 7


def test_a_thread_starts_without_a_tenant():
    seen = []
    with tenant_scope(7):
        thread = Thread(target=lambda: seen.append(current_tenant_id()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_tasks_of_one_event_loop_each_keep_their_own():
    async def work(tenant_id: int, mine: asyncio.Event, theirs: asyncio.Event) -> int | None:
        with tenant_scope(tenant_id):
            mine.set()
            await theirs.wait()
            return current_tenant_id()

    async def both() -> list[int | None]:
        events = asyncio.Event(), asyncio.Event()
        return await asyncio.gather(work(7, *events), work(8, *reversed(events)))

    assert asyncio.run(both()) == [7, 8]


def test_a_copied_context_changes_nothing_here():
    with tenant_scope(7):
        copy_context().run(lambda: tenant_scope(8).__enter__())
        assert current_tenant_id() == 7


def test_bypassing_is_said_only_inside():
    assert not is_bypassing()
    with bypassing():
        assert is_bypassing()
    assert not is_bypassing()
