"""What each role may do in a tenant, as permissions of its Wagtail groups.

Editors write and submit, promotions and coupons too. Managers publish as well, and handle suites,
prices, media, menus, redirects and reviews. Owners also handle people, domains, the connection
with Google and the sites' other settings. Nobody in a tenant gets a permission of `auth`: with
stock Wagtail `change_user` makes superusers.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from tenancy.context import PLATFORM_ID, require_tenant_id
from tenancy.enums import TENANT_ROLES, Role
from tenancy.roles import GROUP_NAMES, group_for

SNIPPETS = (
    "suites.feature",
    "suites.inclusion",
    "suites.propertycalendar",
    "suites.stay",
    "suites.specialday",
    "suites.suitetype",
)
PROMOTIONS = ("promotions.promotionrule", "promotions.coupon")
REPLY = "reviews.reply"


@dataclass(frozen=True)
class Rights:
    """Codenames (`app.codename`) by what they are granted on."""

    models: frozenset[str]
    pages: frozenset[str]
    media: frozenset[str]
    settings: frozenset[str] = frozenset()


def _codenames(actions: tuple[str, ...], *models: str) -> frozenset[str]:
    parts = (model.split(".") for model in models)
    return frozenset(f"{app}.{action}_{name}" for app, name in parts for action in actions)


# Wagtail asks for the permissions of its own models, whatever the custom ones are.
MEDIA = ("wagtailimages.image", "wagtaildocs.document")
ALL = ("add", "change", "delete")

EDITOR = Rights(
    models=frozenset({"wagtailadmin.access_admin", "wagtail_localize.submit_translation"})
    | _codenames(("add", "change"), *PROMOTIONS, REPLY)
    | {"reviews.view_review"},
    pages=frozenset({"wagtailcore.add_page", "wagtailcore.change_page"}),
    # Their own uploads are theirs to change; with `change` Wagtail lets people delete all others'.
    media=_codenames(("add", "choose"), *MEDIA),
)
MANAGER = Rights(
    models=EDITOR.models
    | _codenames(ALL, *SNIPPETS, "wagtailredirects.redirect")
    | _codenames(("delete", "publish", "lock", "unlock"), *PROMOTIONS, REPLY)
    | _codenames(ALL, "reviews.replytemplate")
    | _codenames(("add", "view", "delete"), "promotions.gatedevice")
    | _codenames(("view", "change"), "reviews.review")
    | {"reviews.view_connection"}
    # who may not publish a coupon may not give its codes away either
    | _codenames(("add", "view", "change"), "promotions.codebatch")
    # guests have come, or it was a mistake; they want to come
    | _codenames(("change",), "promotions.couponuse", "promotions.bookingintent")
    # guests' photos and words are looked at
    | _codenames(("change",), "ugc.submission"),
    pages=EDITOR.pages
    | {"wagtailcore.publish_page", "wagtailcore.lock_page", "wagtailcore.unlock_page"},
    media=EDITOR.media | _codenames(("change", "delete"), *MEDIA),
    settings=frozenset({"theme.change_navigation"}),
)
OWNER = Rights(
    models=MANAGER.models
    | {
        "tenancy.view_membership",
        "tenancy.change_membership",
        "tenancy.delete_membership",
        "tenancy.add_invitation",
        "tenancy.view_invitation",
        "tenancy.delete_invitation",
        "tenancy.add_domain",
        "tenancy.view_domain",
        "tenancy.change_domain",
        "tenancy.delete_domain",
        "reviews.change_connection",
        "ugc.unlock_submission",
    },
    pages=MANAGER.pages,
    media=MANAGER.media,
    settings=MANAGER.settings | {"theme.change_sitesettings"},
)
OPERATOR = Rights(
    models=frozenset({"wagtailadmin.access_admin", "tenancy.view_tenant"}),
    pages=frozenset(),
    media=frozenset(),
)

RIGHTS: dict[str, Rights] = {
    Role.OWNER: OWNER,
    Role.MANAGER: MANAGER,
    Role.EDITOR: EDITOR,
    Role.OPERATOR: OPERATOR,
}


def permissions(codenames: frozenset[str]) -> list[Permission]:
    """Return the permissions of those `app.codename`s; raise `KeyError` for one that is not."""
    apps = {name.split(".")[0] for name in codenames}
    rows = Permission.objects.filter(content_type__app_label__in=apps).select_related(
        "content_type"
    )
    known = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    return [known[name] for name in sorted(codenames)]


def grant(role: str, *, page_root: Page, collection: Collection) -> Group:
    """Bring the role's group in the current tenant to its rights; create it if need be."""
    group, _created = Group.objects.get_or_create(name=GROUP_NAMES[role])
    rights = RIGHTS[role]
    group.permissions.set(permissions(rights.models))
    _align(
        GroupPagePermission.objects.filter(group=group),
        {"group": group, "page": page_root},
        permissions(rights.pages),
    )
    _align(
        GroupCollectionPermission.objects.filter(group=group),
        {"group": group, "collection": collection},
        permissions(rights.media),
    )
    return group


def apply_rights(*, page_root: Page, collection: Collection) -> None:
    """Bring every group of the current tenant, which may be the platform, to its role's rights."""
    is_platform = require_tenant_id() == PLATFORM_ID
    for role in (Role.OPERATOR,) if is_platform else TENANT_ROLES:
        grant(role, page_root=page_root, collection=collection)
    for site in Site.objects.all():
        grant_settings(site)


def grant_settings(site: Site) -> None:
    """Let those who may change settings change this site's."""
    for role, rights in RIGHTS.items():
        if rights.settings:
            group = group_for(role)
            _align(
                GroupSitePermission.objects.filter(group=group, site=site),
                {"group": group, "site": site},
                permissions(rights.settings),
            )


def _align(existing, on, wanted: list[Permission]) -> None:  # type: ignore[no-untyped-def]  # three models alike
    have = {row.permission_id: row for row in existing}
    for permission in wanted:
        if have.pop(permission.pk, None) is None:
            existing.model.objects.create(**on, permission=permission)
    for row in have.values():
        row.delete()


def moderation(page_root: Page) -> None:
    """Give the tenant its workflow: what editors submit, managers and owners approve."""
    if WorkflowPage.objects.filter(page=page_root).exists():
        return
    task = GroupApprovalTask.objects.create(name="Aprovação do gerente")
    task.groups.set([group_for(Role.MANAGER), group_for(Role.OWNER)])
    workflow = Workflow.objects.create(name="Publicação")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page_root)
