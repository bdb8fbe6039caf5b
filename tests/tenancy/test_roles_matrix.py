"""What each role may do: editors write and submit, managers publish, owners run the company.

Each line is tried as the browser would: allowed is what is answered with the screen, or done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tenancy.context import tenant_scope
from tenancy.enums import HostKind
from tenancy.models import Domain, Invitation, Membership, Tenant
from tests.conftest import StaffClient
from tests.isolation import (  # noqa: F401 (they register)
    kinds_company,
    kinds_content,
    kinds_guests,
    kinds_promotions,
    kinds_ugc,
)
from tests.isolation.bodies import forms_of
from tests.isolation.world import World
from theme.models import SiteImage

ROLES = ("editor", "manager", "owner")
EVERYBODY = set(ROLES)
MANAGERS = {"manager", "owner"}
OWNERS = {"owner"}
NOBODY: set[str] = set()


@dataclass(frozen=True)
class Screen:
    """An address, and the kinds of objects in it: allowed is whom it is shown to."""

    view: str
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __call__(self, client: Client, world: World) -> bool:
        keys = [getattr(world[kind], "pk", world[kind]) for kind in self.kinds]
        status = client.get(reverse(self.view, args=[*self.words, *keys])).status_code
        assert status in {200, 302, 403, 404}
        return status == 200


def page(view: str, kind: str = "suite_page") -> Screen:
    return Screen(f"wagtailadmin_pages:{view}", (kind,))


ACTIONS: dict[str, tuple[Any, set[str]]] = {
    "see the pages": (Screen("wagtailadmin_explore", ("home",)), EVERYBODY),
    "edit a page": (page("edit"), EVERYBODY),
    "add a page": (
        Screen("wagtailadmin_pages:add", ("index",), ("suites", "suitepage")), EVERYBODY,
    ),
    "copy a page": (page("copy"), EVERYBODY),
    "see a page's history": (page("history"), EVERYBODY),
    "see what is in moderation": (Screen("wagtailadmin_reports:workflow"), EVERYBODY),
    "unpublish a page": (page("unpublish"), MANAGERS),
    "delete a published page": (page("delete"), MANAGERS),
    "add an image": (Screen("wagtailimages:add_multiple"), EVERYBODY),
    "edit somebody else's image": (Screen("wagtailimages:edit", ("image",)), MANAGERS),
    "delete somebody else's image": (Screen("wagtailimages:delete", ("image",)), MANAGERS),
    "choose an image": (Screen("wagtailimages_chooser:choose"), EVERYBODY),
    "add a document": (Screen("wagtaildocs:add_multiple"), EVERYBODY),
    "edit somebody else's document": (Screen("wagtaildocs:edit", ("document",)), MANAGERS),
    "delete somebody else's document": (Screen("wagtaildocs:delete", ("document",)), MANAGERS),
    "see suite types": (Screen("wagtailsnippets_suites_suitetype:list"), MANAGERS),
    "edit a suite type": (
        Screen("wagtailsnippets_suites_suitetype:edit", ("suitetype",)), MANAGERS,
    ),
    "delete a suite type": (
        Screen("wagtailsnippets_suites_suitetype:delete", ("suitetype",)), MANAGERS,
    ),
    "edit a stay": (Screen("wagtailsnippets_suites_stay:edit", ("stay",)), MANAGERS),
    "edit a special day": (
        Screen("wagtailsnippets_suites_specialday:edit", ("specialday",)), MANAGERS,
    ),
    "add a feature": (Screen("wagtailsnippets_suites_feature:add"), MANAGERS),
    "edit a feature": (Screen("wagtailsnippets_suites_feature:edit", ("feature",)), MANAGERS),
    "edit an inclusion": (
        Screen("wagtailsnippets_suites_inclusion:edit", ("inclusion",)), MANAGERS,
    ),
    "change the site's settings": (
        Screen("wagtailsettings:edit", ("site",), ("theme", "sitesettings")), OWNERS,
    ),
    "arrange a site's menus": (
        Screen("wagtailsettings:edit", ("site",), ("theme", "navigation")), MANAGERS,
    ),
    "see the redirects": (Screen("wagtailredirects:index"), MANAGERS),
    "add a redirect": (Screen("wagtailredirects:add"), MANAGERS),
    "edit a redirect": (Screen("wagtailredirects:edit", ("redirect",)), MANAGERS),
    "delete a redirect": (Screen("wagtailredirects:delete", ("redirect",)), MANAGERS),
    "import redirects": (Screen("wagtailredirects:start_import"), MANAGERS),
    "edit a promotion's page": (page("edit", "promotion_page"), EVERYBODY),
    "unpublish a promotion": (page("unpublish", "promotion_page"), MANAGERS),
    "draft a promotion's rule": (
        Screen("wagtailsnippets_promotions_promotionrule:edit", ("promotionrule",)), EVERYBODY,
    ),
    "publish or unpublish a promotion's rule": (
        Screen("wagtailsnippets_promotions_promotionrule:unpublish", ("promotionrule",)), MANAGERS,
    ),
    "delete a promotion's rule": (
        Screen("wagtailsnippets_promotions_promotionrule:delete", ("promotionrule",)), MANAGERS,
    ),
    "draft a coupon": (
        Screen("wagtailsnippets_promotions_coupon:edit", ("coupon",)), EVERYBODY,
    ),
    "unpublish a coupon": (
        Screen("wagtailsnippets_promotions_coupon:unpublish", ("coupon",)), MANAGERS,
    ),
    "see the calendar of promotions": (Screen("promotions_calendar"), EVERYBODY),
    "see what is wrong with promotions": (Screen("promotions_lints"), EVERYBODY),
    "see who wants to come": (Screen("promotions_bookings"), MANAGERS),
    "see what guests sent": (Screen("ugc_queue"), MANAGERS),
    "look at what a guest sent": (Screen("ugc_submission", ("submission",)), MANAGERS),
    "see the people": (Screen("people:index"), OWNERS),
    "change a person's role": (Screen("people:edit", ("membership",)), OWNERS),
    "remove a person": (Screen("people:delete", ("membership",)), OWNERS),
    "add a person past the invitation": (Screen("people:add"), NOBODY),
    "see the invitations": (Screen("invitations:index"), OWNERS),
    "invite a person": (Screen("invitations:add"), OWNERS),
    "send an invitation again": (Screen("invitations:resend", ("invitation",)), OWNERS),
    "withdraw an invitation": (Screen("invitations:delete", ("invitation",)), OWNERS),
    "change an invitation": (Screen("invitations:edit", ("invitation",)), NOBODY),
    "see the domains": (Screen("domains:index"), OWNERS),
    "add a domain": (Screen("domains:add"), OWNERS),
    "make a domain primary": (Screen("domains:edit", ("domain",)), OWNERS),
    "remove a domain": (Screen("domains:delete", ("domain",)), OWNERS),
    "change the panel's own domain": (Screen("domains:edit", ("staff_domain",)), NOBODY),
    "see Wagtail's users": (Screen("wagtailusers_users:index"), NOBODY),
    "add a user": (Screen("wagtailusers_users:add"), NOBODY),
    "edit a user": (Screen("wagtailusers_users:edit", ("user",)), NOBODY),
    "see the groups": (Screen("wagtailusers_groups:index"), NOBODY),
    "edit a group": (Screen("wagtailusers_groups:edit", ("group",)), NOBODY),
    "see the sites": (Screen("wagtailsites:index"), NOBODY),
    "edit a site": (Screen("wagtailsites:edit", ("site",)), NOBODY),
    "see the collections": (Screen("wagtailadmin_collections:index"), NOBODY),
    "edit a collection": (Screen("wagtailadmin_collections:edit", ("collection",)), NOBODY),
    "see the workflows": (Screen("wagtailadmin_workflows:index"), NOBODY),
    "edit a workflow": (Screen("wagtailadmin_workflows:edit", ("workflow",)), NOBODY),
    "edit a task": (Screen("wagtailadmin_workflows:edit_task", ("task",)), NOBODY),
    "see the site's history": (Screen("wagtailadmin_reports:site_history"), EVERYBODY),
    "see locked pages": (Screen("wagtailadmin_reports:locked_pages"), MANAGERS),
    "submit a page for translation": (
        Screen("wagtail_localize:submit_page_translation", ("draft",)), EVERYBODY,
    ),
    "translate a page": (Screen("wagtailadmin_pages:edit", ("translated_page",)), EVERYBODY),
    "see the operators' companies": (Screen("operators_tenants_modeladmin_index"), NOBODY),
    "see the operators' domains": (Screen("operators_domains_modeladmin_index"), NOBODY),
    "see the operators' events": (Screen("operators_events_modeladmin_index"), NOBODY),
}  # fmt: skip


@pytest.fixture
def world(lua: Tenant) -> World:
    """Return lua's objects."""
    return World(lua, "")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_a_role_sees_the_screens_of_its_work(
    action: str, role: str, lua: Tenant, world: World, staff: StaffClient
) -> None:
    attempt, allowed = ACTIONS[action]
    assert attempt(staff(lua, role), world) is (role in allowed)


def post(client: Client, view: str, args: list[Any], **values: Any) -> Any:
    return client.post(reverse(view, args=args), values)


def save_page(client: Client, world: World, button: str, kind: str = "draft") -> Page:
    """Send the page's own form with that button; return the page as it is now."""
    path = reverse("wagtailadmin_pages:edit", args=[world[kind].pk])
    body = forms_of(client.get(path).content)
    client.post(path, {**body, button: "1"})
    with tenant_scope(world.tenant):
        return Page.objects.get(pk=world[kind].pk)


def publish(client: Client, world: World) -> bool:
    return bool(save_page(client, world, "action-publish").live)


def submit(client: Client, world: World) -> bool:
    draft = save_page(client, world, "action-submit")
    with tenant_scope(world.tenant):
        return draft.current_workflow_state is not None


def lock(client: Client, world: World) -> bool:
    post(client, "wagtailadmin_pages:lock", [world["suite_page"].pk])
    with tenant_scope(world.tenant):
        return bool(Page.objects.get(pk=world["suite_page"].pk).locked)


def unlock(client: Client, world: World) -> bool:
    post(client, "wagtailadmin_pages:unlock", [world["locked"].pk])
    with tenant_scope(world.tenant):
        return not Page.objects.get(pk=world["locked"].pk).locked


def approve(client: Client, world: World) -> bool:
    args = [world["moderated"].pk, "approve", world["task_state"].pk]
    post(client, "wagtailadmin_pages:workflow_action", args, comment="")
    with tenant_scope(world.tenant):
        return bool(Page.objects.get(pk=world["moderated"].pk).live)


def change_own_image(client: Client, world: World) -> bool:
    """Change the alternative text of a picture that one has uploaded oneself."""
    user = client.get("/admin/").wsgi_request.user
    image = world["image"]
    with tenant_scope(world.tenant):
        SiteImage.objects.filter(pk=image.pk).update(uploaded_by_user=user)
    path = reverse("wagtailimages:edit", args=[image.pk])
    client.post(path, {**forms_of(client.get(path).content), "description": ["Uma cama"]})
    with tenant_scope(world.tenant):
        return bool(SiteImage.objects.get(pk=image.pk).description == "Uma cama")


def delete_draft(client: Client, world: World) -> bool:
    post(client, "wagtailadmin_pages:delete", [world["draft"].pk])
    with tenant_scope(world.tenant):
        return not Page.objects.filter(pk=world["draft"].pk).exists()


def promote(client: Client, world: World) -> bool:
    post(client, "people:edit", [world["membership"].pk], role="owner")
    with tenant_scope(world.tenant):
        return bool(Membership.objects.get(pk=world["membership"].pk).role == "owner")


def invite(client: Client, world: World) -> bool:
    post(client, "invitations:add", [], email="Nova@lua.test", name="Nova", role="editor")
    with tenant_scope(world.tenant):
        return bool(Invitation.objects.filter(email="nova@lua.test", name="Nova").exists())


def ask_for_domain(client: Client, world: World) -> bool:
    motel = str(world["property"].pk)
    post(client, "domains:add", [], host="Pedido.com.br", property=motel)
    with tenant_scope(world.tenant):
        asked = Domain.objects.filter(host="pedido.com.br", kind=HostKind.GUEST)
        return bool(asked.filter(verified_at=None).exists())


DEEDS: dict[str, tuple[Callable[[Client, World], bool], set[str]]] = {
    "submit a page": (submit, EVERYBODY),
    "publish a page": (publish, MANAGERS),
    "lock a page": (lock, MANAGERS),
    "unlock a page": (unlock, MANAGERS),
    "approve what was submitted": (approve, MANAGERS),
    "change one's own image": (change_own_image, EVERYBODY),
    "delete a draft": (delete_draft, EVERYBODY),
    "make an owner": (promote, OWNERS),
    "invite somebody": (invite, OWNERS),
    "ask for a domain": (ask_for_domain, OWNERS),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_role_does_its_work_and_no_more(
    deed: str, role: str, lua: Tenant, world: World, staff: StaffClient
) -> None:
    attempt, allowed = DEEDS[deed]
    assert attempt(staff(lua, role), world) is (role in allowed)


def test_nobody_in_a_tenant_holds_a_permission_over_users_or_groups(
    lua: Tenant, staff: StaffClient
) -> None:
    for role in ROLES:
        client = staff(lua, role)
        user = client.get("/admin/").wsgi_request.user
        with tenant_scope(lua):
            held = user.get_all_permissions()
        assert not {name for name in held if name.startswith(("auth.", "contenttypes."))}
        assert "tenancy.change_user" not in held
