"""Comments, approval and timetables, for every type of page that people write."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, CommentReply, Page, PageSubscription, Task, WorkflowState

from sites.models import HomePage
from tenancy.context import tenant_scope
from tenancy.models import Tenant, User
from tenancy.tasks.tenant import publish_scheduled
from tests.isolation.bodies import forms_of

pytestmark = pytest.mark.django_db

SLUGS = (
    "lua",
    "suites",
    "loft",
    "promocoes",
    "terca",
    "a-casa",
    "contato",
    "perguntas",
    "namorados",
)

MIDNIGHT = datetime(2026, 6, 12, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(params=SLUGS)
def page(request, lua) -> Page:
    """Return a page of each type."""
    with tenant_scope(lua):
        home = HomePage.objects.get(slug="lua")
        below = Page.objects.descendant_of(home, inclusive=True)
        return below.get(slug=request.param).specific


def test_an_editor_submits_and_a_manager_publishes(lua, staff, page):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with tenant_scope(lua):
        draft = page.specific_class.objects.get(pk=page.pk)
        draft.title = "Um título melhor"
        draft.save_revision(user=person(lua, "editor"))
        workflow = page.get_workflow()
        workflow.start(draft, person(lua, "editor"))
        state = WorkflowState.objects.get().current_task_state

    refused = staff(lua, "editor").get(edit)
    assert "action-publish" not in refused.content.decode()

    action = ("wagtailadmin_pages:workflow_action", [page.pk, "approve", state.pk])
    staff(lua, "manager").post(reverse(action[0], args=action[1]), {"comment": ""})

    with tenant_scope(lua):
        page.refresh_from_db()
        assert (page.title, page.live) == ("Um título melhor", True)
        assert not WorkflowState.objects.filter(status="in_progress").exists()


def test_what_is_timed_goes_live_and_expires_by_the_worker(lua, page):
    with tenant_scope(lua), time_machine.travel(MIDNIGHT - HOUR, tick=False):
        draft = page.specific_class.objects.get(pk=page.pk)
        draft.title = "À meia-noite"
        draft.go_live_at, draft.expire_at = MIDNIGHT, MIDNIGHT + HOUR
        draft.save_revision().publish()
        publish_scheduled()
        assert titled(page) != "À meia-noite"

    with tenant_scope(lua), time_machine.travel(MIDNIGHT + HOUR / 2, tick=False):
        publish_scheduled()
        assert titled(page) == "À meia-noite"

    with tenant_scope(lua), time_machine.travel(MIDNIGHT + 2 * HOUR, tick=False):
        publish_scheduled()
        page.refresh_from_db()
        assert (page.live, page.expired) == (False, True)


def titled(page: Page) -> str:
    page.refresh_from_db()
    return page.title


def test_comments_reach_those_who_follow_a_page_by_a_link_to_their_own_panel(lua, staff):
    with tenant_scope(lua):
        page = Page.objects.get(slug="a-casa", locale__language_code="pt-br").specific
        manager = person(lua, "manager")
        PageSubscription.objects.create(page=page, user=manager, comment_notifications=True)

    body = comment(staff(lua, "editor"), page, "Falta uma foto da fachada")

    assert body.status_code == 302
    with tenant_scope(lua):
        assert Comment.objects.get().text == "Falta uma foto da fachada"
        assert not CommentReply.objects.exists()
    (message,) = mail.outbox
    assert message.to == ["manager@lua.test"]
    assert f"http://lua.painel.localhost/admin/pages/{page.pk}/edit/" in message.body


def comment(client: Client, page: Page, text: str):
    """Save a page with a comment on its title, as the editor's form does."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = forms_of(client.get(edit).content)
    form |= {
        "comments-TOTAL_FORMS": ["1"], "comments-INITIAL_FORMS": ["0"],
        "comments-0-text": [text], "comments-0-contentpath": ["title"], "comments-0-id": [""],
        "comments-0-position": [""], "comments-0-DELETE": [""], "comments-0-resolved": [""],
        "comments-0-replies-TOTAL_FORMS": ["0"], "comments-0-replies-INITIAL_FORMS": ["0"],
    }  # fmt: skip
    return client.post(edit, {name: value for name, value in form.items() if value})


def person(tenant: Tenant, role: str) -> User:
    return User.objects.get(email=f"{role}@{tenant.slug}.test")


def test_every_page_is_under_the_one_workflow(lua):
    with tenant_scope(lua):
        for each in Page.objects.filter(depth__gt=1):
            assert each.get_workflow().tasks.get() == Task.objects.get()
