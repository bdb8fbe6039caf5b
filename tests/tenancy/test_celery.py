"""The tenant's way through real messages: a broker, a worker, and what it publishes itself."""

import logging
from collections.abc import Iterator

import pytest
from celery import Celery, Task, chain, chord, group
from celery.app import app_or_default
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

from config.env import broker_url
from tenancy.celery import HEADER
from tenancy.context import current_tenant_id, no_tenant, tenant_scope
from tenancy.models import Property
from tenancy.serving import verify_first_connection

QUEUE = broker_url(settings.REDIS_URL)
WAIT = 20

# Its tasks are not `shared`: they would be the platform's, too.
app = Celery("tests", broker=QUEUE, backend=QUEUE, set_as_current=False)
app.conf.update(task_default_queue="tests", worker_hijack_root_logger=False)


@app.task(shared=False)
def whose(*before: object) -> list[object]:
    """Return the tenants of the tasks before, and of this one."""
    return [*(before[0] if before else []), current_tenant_id()]


@app.task(bind=True, max_retries=2, shared=False)
def whose_again(self: Task, seen: list[object]) -> list[object]:
    """Return whose each of three tries is."""
    seen = [*seen, current_tenant_id()]
    if self.request.retries < 2:
        raise self.retry(args=[seen], countdown=0)
    return seen


@app.task(shared=False)
def fail(*before: object) -> None:
    raise ZeroDivisionError


@app.task(shared=False)
def whose_error(request: object, error: object, traceback: object) -> None:
    app.backend.set("tests-error", str(current_tenant_id()))


@app.task(shared=False)
def publish_for(tenant_id: int) -> str:
    """Publish a task for another tenant, from within one's own."""
    with tenant_scope(tenant_id):
        return str(whose.delay().id)


@app.task(shared=False)
def slugs() -> list[str]:
    try:
        return list(Property.objects.order_by("slug").values_list("slug", flat=True))
    finally:
        connection.close()


@pytest.fixture(scope="module")
def worker() -> Iterator[None]:
    """Run a worker of one process and one thread: whatever leaked would reach the next task."""
    app.control.purge()
    usual, root = app_or_default(), logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    try:
        with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=WAIT):
            connection_created.disconnect(verify_first_connection)  # tests may also be the owner
            yield
    finally:  # a worker makes its app the one to which all shared tasks belong
        usual.set_current()
        usual.set_default()
        root.setLevel(level)  # and it logs in its own way
        root.handlers[:] = handlers


def result(sent):
    return sent.get(timeout=WAIT, disable_sync_subtasks=False)


def of(task_id):
    return result(app.AsyncResult(task_id))


@pytest.mark.parametrize("tenant_id", [7, 0])
def test_a_task_runs_for_the_tenant_that_sent_it(worker, tenant_id):
    with tenant_scope(tenant_id):
        sent = whose.delay()
    assert result(sent) == [tenant_id]


def test_a_task_that_nobody_sent_runs_outside_any(worker):
    with tenant_scope(7):
        first = whose.delay()
    assert result(first) == [7]
    assert result(whose.delay()) == [None]


def test_a_task_that_fails_leaves_nothing_to_the_next(worker):
    with tenant_scope(7):
        sent = fail.delay()
    with pytest.raises(ZeroDivisionError):
        result(sent)
    assert result(whose.delay()) == [None]


def test_messages_that_wait_together_keep_their_own(worker):
    sent = []
    for tenant_id in [7, 8, None, 7, None, 8] * 3:
        with no_tenant() if tenant_id is None else tenant_scope(tenant_id):
            sent.append((tenant_id, whose.delay()))
    assert [result(each) for _tenant, each in sent] == [[tenant] for tenant, _each in sent]


def test_a_chain_stays_with_its_tenant(worker):
    with tenant_scope(7):
        sent = chain(whose.s(), whose.s(), whose.s()).delay()
    assert result(sent) == [7, 7, 7]


def test_a_group_stays_with_its_tenant(worker):
    with tenant_scope(7):
        sent = group(whose.s() for _ in range(3)).delay()
    assert result(sent) == [[7], [7], [7]]


def test_a_chord_stays_with_its_tenant(worker):
    with tenant_scope(7):
        sent = chord([whose.s(), whose.s()], whose.s()).delay()
    assert result(sent) == [[7], [7], 7]


def test_canvas_within_canvas_stays_with_its_tenant(worker):
    with tenant_scope(7):
        sent = chain(whose.s(), group(whose.s(), whose.s()), whose.s()).delay()
    assert result(sent) == [[7, 7], [7, 7], 7]


def test_retries_stay_with_their_tenant(worker):
    with tenant_scope(7):
        sent = whose_again.delay([])
    assert result(sent) == [7, 7, 7]


def test_a_delayed_task_stays_with_its_tenant(worker):
    with tenant_scope(7):
        sent = whose.apply_async(countdown=0.1)
    with tenant_scope(8):
        assert result(sent) == [7]


def test_a_callback_after_an_error_stays_with_its_tenant(worker):
    with tenant_scope(7):
        sent = chain(fail.s(), whose.s()).on_error(whose_error.s()).delay()
    with pytest.raises(ZeroDivisionError):
        result(sent.parent)
    with tenant_scope(8):
        result(whose.delay())
    assert app.backend.get("tests-error") == b"7"


def test_what_a_task_publishes_is_of_the_scope_in_which_it_does(worker):
    with tenant_scope(7):
        sent = publish_for.delay(8)
    assert of(result(sent)) == [8]
    with tenant_scope(7):
        assert result(whose.delay()) == [7]


def test_a_header_that_names_a_tenant_is_kept(worker):
    with tenant_scope(7):
        sent = whose.apply_async(headers={HEADER: 8})
    assert result(sent) == [8]


def test_a_header_that_makes_no_sense_opens_nothing(worker):
    with tenant_scope(7):
        sent = whose.apply_async(headers={HEADER: "' OR true"})
    assert result(sent) == [None]


def test_a_worker_reads_the_rows_of_the_messages_tenant(worker, lua, sol):
    for tenant, expected in ((lua, ["lua", "lua-centro"]), (sol, ["sol"])):
        with tenant_scope(tenant):
            assert result(slugs.delay()) == expected


def test_a_task_in_line_runs_for_the_caller_and_gives_its_scope_back():
    with tenant_scope(7):
        assert whose.apply().get() == [7]
        assert chain(whose.s(), whose.s()).apply().get() == [7, 7]
        assert whose_again.apply(args=[[]]).get() == [7, 7, 7]
        with tenant_scope(8):
            assert whose.apply().get() == [8]
        assert fail.apply().failed()
        assert current_tenant_id() == 7
    assert whose.apply().get() == [None]
    assert current_tenant_id() is None
