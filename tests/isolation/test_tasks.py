"""Every Celery task, with A's tenant in its header and B's ids in its body."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone

from config.env import database
from tenancy.celery import HEADER
from tenancy.context import current_tenant_id, tenant_scope
from tenancy.guard import OPS_ROLE
from tenancy.models import Invitation
from tenancy.store.versions import versions
from tests.conftest import execute_as_owner
from tests.isolation.walls import fingerprint
from tests.isolation.world import World


def reviews_due(world: World, **kinds: str) -> dict[str, str]:
    """Have all be due that can be of reviews; return the keys of objects of some kinds."""
    for table, columns in {
        "reviews_location": ("newest_due_at", "sweep_due_at"),
        "reviews_review": ("sending_at", "content_expires_at"),
    }.items():
        for column in columns:
            execute_as_owner(
                f"UPDATE {table} SET {column} = now() - interval '1 day' WHERE tenant_id = %s",
                world.tenant.pk,
            )
    return {name: str(world[kind].pk) for name, kind in kinds.items()}


ARGUMENTS: dict[str, Callable[[World], dict[str, Any]]] = {
    "promotions.tasks.ops.expire_due": lambda b: {},
    "promotions.tasks.tenant.count_earlier_uses": lambda b: {"coupon_id": str(b["coupon"].pk)},
    "promotions.tasks.tenant.expire_holds": lambda b: {},
    "promotions.tasks.tenant.issue_codes": lambda b: {"batch_id": str(b["code_batch"].pk)},
    "reviews.tasks.ops.expire_due": lambda b: {},
    "reviews.tasks.ops.pass_hint": lambda b: {"location": "locations/nobody", "key": "1"},
    "reviews.tasks.ops.read_due": lambda b: {},
    "reviews.tasks.tenant.expire_content": lambda b: reviews_due(b),
    "reviews.tasks.tenant.follow_hint": lambda b: {
        "location_id": str(b["location"].pk),
        "key": b["review"].key,
    },
    "reviews.tasks.tenant.list_locations": lambda b: {},
    "reviews.tasks.tenant.read_location": lambda b: reviews_due(b, location_id="location"),
    "reviews.tasks.tenant.send_reply": lambda b: reviews_due(b, review_id="review"),
    "tenancy.tasks.ops.admit": lambda b: {"invitation_id": str(b["invitation"].pk)},
    "tenancy.tasks.ops.publish_due": lambda b: {},
    "tenancy.tasks.ops.purge_cdn": lambda b: {},
    "tenancy.tasks.ops.resume_admissions": lambda b: {},
    "tenancy.tasks.ops.send_invitation": lambda b: {"invitation_id": str(b["invitation"].pk)},
    "tenancy.tasks.pages.renew_pages": lambda b: {"version": 0},
    "tenancy.tasks.tenant.publish_scheduled": lambda b: {},
    "ugc.tasks.ops.resume": lambda b: {},
    "ugc.tasks.tenant.expire_waiting": lambda b: {},
    "ugc.tasks.tenant.read_photos": lambda b: {"submission_id": str(b["submission"].pk)},
    "ugc.tasks.tenant.send_letter": lambda b: {"letter_id": str(b["guest_letter"].pk)},
    "ugc.tasks.tenant.sweep_files": lambda b: {},
    "theme.tasks.make_renditions": lambda b: {"image_id": b["image"].pk},
}
"""What each task is sent: a new task wants a line here."""

REFUSES = {
    "tenancy.tasks.ops.admit": Invitation.DoesNotExist,
    "tenancy.tasks.ops.send_invitation": Invitation.DoesNotExist,
}


@pytest.fixture(autouse=True)
def _nobody_follows() -> Iterator[None]:
    """End the thread with which a worker follows versions: it would hold on to the database."""
    yield
    versions.stop()


def our_tasks() -> list[str]:
    return sorted(name for name in known_tasks() if not name.startswith("celery."))


def known_tasks() -> dict[str, Any]:
    """Return the tasks by name, as a worker knows them once it has started."""
    current_app.loader.import_default_modules()
    return dict(current_app.tasks)


def send(name: str, tenant_id: int, arguments: dict[str, Any]) -> None:
    """Run the task as a worker would that found the tenant in the message's headers."""
    task = known_tasks()[name]
    with tenant_scope(tenant_id):
        task.apply(kwargs=arguments, headers={HEADER: tenant_id}, throw=True)


def make_due(world: World) -> None:
    """Let the scheduled page's time come."""
    key, soon = world["scheduled"].pk, timezone.now() - timedelta(days=1)
    execute_as_owner("UPDATE wagtailcore_page SET go_live_at = %s WHERE id = %s", soon, key)
    execute_as_owner(
        "UPDATE wagtailcore_revision SET approved_go_live_at = %s, "
        "content = jsonb_set(content, '{go_live_at}', to_jsonb(%s::text)) "
        "WHERE object_id = %s AND approved_go_live_at IS NOT NULL",
        soon,
        soon.isoformat(),
        str(key),
    )


def is_live(world: World) -> bool:
    query = "SELECT live FROM wagtailcore_page WHERE id = %s"
    return bool(execute_as_owner(query, world["scheduled"].pk)[0][0])


def test_every_task_is_tried() -> None:
    assert our_tasks() == sorted(ARGUMENTS)


@pytest.mark.parametrize("name", sorted(ARGUMENTS))
def test_a_task_of_one_tenant_changes_nothing_of_another(name: str, a: World, b: World) -> None:
    b.fill()
    arguments = ARGUMENTS[name](b)
    before = fingerprint(a.tenant)
    if name in REFUSES:
        with pytest.raises(REFUSES[name]):
            send(name, a.tenant.pk, arguments)
    else:
        send(name, a.tenant.pk, arguments)
    assert fingerprint(a.tenant) == before


def test_scheduled_publishing_is_the_tenants_own(a: World, b: World) -> None:
    make_due(a)
    make_due(b)
    send("tenancy.tasks.tenant.publish_scheduled", a.tenant.pk, {})
    assert (is_live(a), is_live(b)) == (True, False)


def test_the_scheduler_sends_each_tenant_its_own(a: World, b: World) -> None:
    make_due(a)
    make_due(b)
    send("tenancy.tasks.ops.publish_due", a.tenant.pk, {})
    assert (is_live(a), is_live(b)) == (True, True)
    lost = execute_as_owner(
        "SELECT count(*) FROM wagtailcore_pagelogentry l JOIN wagtailcore_page p "
        "ON p.id = l.page_id WHERE p.tenant_id <> l.tenant_id"
    )
    assert lost == [(0,)]


def test_a_task_leaves_no_tenant_behind(a: World) -> None:
    send("tenancy.tasks.tenant.publish_scheduled", a.tenant.pk, {})
    assert current_tenant_id() is None


def test_a_worker_with_the_apps_credentials_cannot_look_across(db: None) -> None:
    app = database("app")
    credentials = {"user": app["USER"], "password": app["PASSWORD"], "host": app["HOST"]}
    with (
        psycopg.connect(
            dbname=connection.settings_dict["NAME"], port=app["PORT"] or None, **credentials
        ) as served,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        served.execute(f"SET ROLE {OPS_ROLE}")
