"""Which changes raise the version of a tenant's content, and which don't."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page

from sites.models import HomePage
from suites.models import Stay, StayPrice
from tenancy import content, guard
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry, Domain, Tenant, User
from tests.conftest import execute_as_owner
from theme.models import SiteImage, SiteSettings


def version_of(tenant: Tenant) -> int:
    """Return the version as it would be once this transaction were committed."""
    with tenant_scope(tenant), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('app.content_raised', '', true)")
    rows = execute_as_owner(
        "SELECT version FROM tenancy_contentversion WHERE tenant_id = %s", tenant.pk
    )
    return int(str(rows[0][0])) if rows else 0


def home() -> HomePage:
    return HomePage.objects.filter(locale__language_code="pt-br").first()


def publish() -> None:
    home().save_revision().publish()


def save_draft() -> None:
    page = home()
    page.title = "Rascunho"
    page.save_revision()


def raw() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE suites_feature SET name = name || '!'")


def change_image() -> None:
    image = SiteImage.objects.first()
    image.title = "Outra"
    image.save()


def add_prices() -> None:
    copies = list(StayPrice.objects.all()[:2])
    StayPrice.objects.filter(pk__in=[each.pk for each in copies]).delete()
    StayPrice.objects.bulk_create(copies)


SHOWN: dict[str, Callable[[], Any]] = {
    "a page is published": publish,
    "a page is unpublished": lambda: Page.objects.get(pk=home().pk).unpublish(),
    "a page is deleted": lambda: Page.objects.live().order_by("-path").first().delete(),
    "pages are changed together": lambda: Page.objects.filter(depth=2).update(title="Outro"),
    "a stay is changed": lambda: Stay.objects.update(tolerance_minutes=7),
    "prices are added together": add_prices,
    "a picture is changed": change_image,
    "a setting is changed": lambda: SiteSettings.objects.update(phone="(91) 3333-0000"),
    "a redirect is added": lambda: Redirect.objects.create(old_path="/a", redirect_page=home()),
    "a domain is changed": lambda: Domain.objects.update(is_primary=False),
    "raw SQL changes rows": raw,
}

NOT_SHOWN: dict[str, Callable[[], Any]] = {
    "a draft is saved": save_draft,
    "an event is noted": lambda: AuditEntry.objects.create(action="seen"),
    "rows are saved as they were": lambda: home().save(update_fields=["title"]),
    "a picture gets a new size": lambda: SiteImage.objects.first().get_rendition("width-33"),
    "nothing is found to change": lambda: Stay.objects.filter(minutes=-1).update(minutes=9),
}


@pytest.fixture
def scope(lua):
    with tenant_scope(lua):
        yield lua


@pytest.mark.parametrize("change", SHOWN.values(), ids=SHOWN)
def test_what_guests_may_see_raises_the_version(scope, sol, change):
    before, others = version_of(scope), version_of(sol)
    change()
    assert version_of(scope) == before + 1
    assert version_of(sol) == others


@pytest.mark.parametrize("change", NOT_SHOWN.values(), ids=NOT_SHOWN)
def test_what_no_guest_can_see_does_not(scope, change):
    before = version_of(scope)
    change()
    assert version_of(scope) == before


def test_many_changes_of_one_transaction_raise_it_once(scope):
    before = version_of(scope)
    for change in SHOWN.values():
        change()
    assert version_of(scope) == before + 1


def test_what_is_rolled_back_raises_nothing(scope):
    before = version_of(scope)
    with transaction.atomic():
        publish()
        transaction.set_rollback(True)
    assert version_of(scope) == before


def test_a_suspended_tenant_raises_its_own(scope, sol):
    before, others = version_of(scope), version_of(sol)
    execute_as_owner("UPDATE tenancy_tenant SET status = 'suspended' WHERE id = %s", scope.pk)
    assert (version_of(scope), version_of(sol)) == (before + 1, others)


def test_a_row_raises_the_version_of_its_own_tenant_whoever_is_in_scope(scope, sol):
    """As the ops role does, which sees all rows: the last statement's tenant says nothing."""
    before, others = version_of(scope), version_of(sol)
    execute_as_owner("UPDATE suites_feature SET name = name || '!' WHERE tenant_id = %s", sol.pk)
    assert (version_of(scope), version_of(sol)) == (before, others + 1)


def test_nobody_who_serves_raises_anothers(scope, sol):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_contentversion SET version = 99 WHERE tenant_id = %s", [sol.pk]
        )
        assert cursor.rowcount == 0


def test_every_exception_is_a_table_that_exists(db):
    tables = set(connection.introspection.table_names())
    assert content.NOT_CONTENT.keys() <= tables
    assert content.DRAFT_COLUMNS.keys() <= tables


def test_most_tables_are_content_without_anybodys_saying_so(db):
    found = guard.content_tables(set(connection.introspection.table_names()))
    assert {"wagtailcore_page", "suites_stayprice", "theme_siteimage", "tenancy_tenant"} <= {*found}
    assert not {User._meta.db_table, Comment._meta.db_table, "django_session"} & {*found}
