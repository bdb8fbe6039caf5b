"""What one tenant could try on another's Wagtail rows: models that know of no tenant.

Only the database holds these tables, by a column that Django does not name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from wagtail.models import Collection, GroupPagePermission, Page, Revision, Site

from sites.models import HomePage
from suites.models import SuitePage
from tenancy.context import tenant_scope
from tenancy.guard import MEMBER_TABLES, SESSIONS, SHARED, own_models
from tenancy.models import Membership, Tenant, User
from theme.models import SiteImage

Act = Callable[["Rows", "Rows"], Any]


@dataclass(frozen=True)
class Rows:
    """Instances of one tenant, as whoever got hold of them would have them in memory."""

    tenant: Tenant
    root: Page
    home: HomePage
    suite_page: SuitePage
    image: SiteImage
    collection: Collection
    group: Group
    site: Site
    revision: Revision
    user: User


def rows_of(tenant: Tenant) -> Rows:
    with tenant_scope(tenant):
        home = HomePage.objects.get(slug=tenant.slug, locale__language_code="pt-br")
        home.save_revision()
        return Rows(
            tenant=tenant,
            root=Page.objects.get(depth=1),
            home=home,
            suite_page=SuitePage.objects.filter(locale__language_code="pt-br").first(),
            image=SiteImage.objects.first(),
            collection=Collection.objects.get(depth=1),
            group=Group.objects.first(),
            site=home.get_site(),
            revision=home.latest_revision,
            user=Membership.objects.select_related("user").get(role="editor").user,
        )


def hidden_models() -> list[type[Model]]:
    """Return the models whose tables have a `tenant_id` that Django does not know."""
    others = {*SHARED, SESSIONS, *MEMBER_TABLES, *(m._meta.db_table for m in own_models())}
    models = (model for model in apps.get_models() if model._meta.managed)
    return [model for model in models if model._meta.db_table not in others]


def add_child(ours: Rows, theirs: Rows) -> None:
    theirs.home.add_child(instance=Page(title="Nossa", slug="nossa"))


def change_page(ours: Rows, theirs: Rows) -> None:
    theirs.home.title = "Nossa"
    theirs.home.save()


def grant_their_page(ours: Rows, theirs: Rows) -> None:
    permission = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=ours.group, page=theirs.home, permission=permission)


def rename(row: Any) -> None:
    row.name = "Nosso"
    row.save()


ON_THEIRS: dict[str, Act] = {
    "get a page": lambda ours, theirs: Page.objects.get(pk=theirs.home.pk),
    "get a specific page": lambda ours, theirs: theirs.home.page_ptr.specific.refresh_from_db(),
    "change a page": change_page,
    "add a page below another's": add_child,
    "move a page below another's": lambda ours, theirs: ours.suite_page.move(theirs.home),
    "move another's page here": lambda ours, theirs: theirs.suite_page.move(ours.home),
    "publish another's revision": lambda ours, theirs: theirs.revision.publish(),
    "unpublish a page": lambda ours, theirs: theirs.home.unpublish(),
    "delete a page": lambda ours, theirs: theirs.home.delete(),
    "delete a tree": lambda ours, theirs: theirs.root.get_descendants().delete(),
    "change a collection": lambda ours, theirs: rename(theirs.collection),
    "add a collection below another's": lambda ours, theirs: theirs.collection.add_child(name="n"),
    "change a group": lambda ours, theirs: rename(theirs.group),
    "delete a group": lambda ours, theirs: theirs.group.delete(),
    "change an image": lambda ours, theirs: theirs.image.save(),
    "delete an image": lambda ours, theirs: theirs.image.delete(),
    "change a site": lambda ours, theirs: theirs.site.save(),
    "delete a site": lambda ours, theirs: theirs.site.delete(),
}
"""Acts on rows of another tenant."""

OUT_OF_OURS: dict[str, Act] = {
    "use another's image": lambda ours, theirs: SuitePage.objects.filter(
        pk=ours.suite_page.pk
    ).update(cover=theirs.image),
    "use another's suite type": lambda ours, theirs: SuitePage.objects.filter(
        pk=ours.suite_page.pk
    ).update(suite_type=theirs.suite_page.suite_type_id),
    "file an image in another's collection": lambda ours, theirs: SiteImage.objects.filter(
        pk=ours.image.pk
    ).update(collection=theirs.collection),
    "serve another's pages": lambda ours, theirs: Site.objects.filter(pk=ours.site.pk).update(
        root_page=theirs.home
    ),
    "alias another's page": lambda ours, theirs: Page.objects.filter(pk=ours.home.pk).update(
        alias_of=theirs.home.pk
    ),
    "join another's group": lambda ours, theirs: ours.user.groups.add(theirs.group),
    "give a group another's page": grant_their_page,
}
"""References from a tenant's own rows to another's, which the database refuses."""

CREATED: dict[str, Callable[[Rows], Model]] = {
    "page": lambda ours: ours.home.add_child(instance=Page(title="Nova", slug="nova")),
    "collection": lambda ours: ours.collection.add_child(name="Nova"),
    "group": lambda ours: Group.objects.create(name="Novo"),
    "revision": lambda ours: ours.home.save_revision(),
    "image": lambda ours: SiteImage.objects.create(
        title="Nova", file="n.png", width=1, height=1, collection=ours.collection
    ),
}
"""Rows made without a word about tenants."""
