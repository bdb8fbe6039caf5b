"""The tree that editors cannot break."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from promotions.pages import PromotionIndexPage, PromotionPage
from sites.models import HomePage
from sites.pages import CampaignPage, ContactPage, FaqPage, TextPage
from suites.pages import SuiteIndexPage, SuitePage
from tenancy.context import tenant_scope

pytestmark = pytest.mark.django_db

UNDER_HOME = {SuiteIndexPage, PromotionIndexPage, TextPage, ContactPage, FaqPage, CampaignPage}
ONCE = {SuiteIndexPage, PromotionIndexPage, ContactPage, FaqPage}
ALL = {HomePage, SuitePage, PromotionPage, *UNDER_HOME}


@pytest.fixture
def tree(lua):
    with tenant_scope(lua):
        home = HomePage.objects.get(slug="lua")
        pages = Page.objects.descendant_of(home, inclusive=True)
        yield {page.specific_class: page.specific for page in pages}


def creatable(parent: Page) -> set[type[Page]]:
    return {model for model in ALL if model.can_create_at(parent)}


def test_nothing_is_made_beside_home_pages(tree):
    assert creatable(tree[HomePage].get_parent()) == set()


def test_under_a_home_page_lists_are_made_once_and_texts_and_campaigns_again(tree):
    home = tree[HomePage]
    assert creatable(home) == UNDER_HOME - ONCE

    for model in ONCE:
        tree[model].delete()
    home.refresh_from_db()
    assert creatable(home) == UNDER_HOME


@pytest.mark.parametrize(
    ("parent", "children"),
    [(SuiteIndexPage, {SuitePage}), (PromotionIndexPage, {PromotionPage})],
)
def test_a_list_has_its_own_kind_of_pages(tree, parent, children):
    assert creatable(tree[parent]) == children


@pytest.mark.parametrize(
    "leaf", [SuitePage, PromotionPage, TextPage, ContactPage, FaqPage, CampaignPage]
)
def test_nothing_is_made_under_a_leaf(tree, leaf):
    assert creatable(tree[leaf]) == set()


def test_pages_move_only_to_where_they_could_be_made(tree):
    assert not tree[PromotionPage].can_move_to(tree[HomePage])
    assert not tree[TextPage].can_move_to(tree[PromotionIndexPage])
    assert not tree[HomePage].can_move_to(tree[SuiteIndexPage])


@pytest.mark.parametrize("language", ["pt-br", "en"])
def test_home_pages_are_neither_deleted_nor_copied(lua, staff, language):
    client = staff(lua, "manager")
    with tenant_scope(lua):
        root = Page.objects.get(depth=1)
        home = HomePage.objects.get(
            locale__language_code=language, slug__startswith="lua", title="Motel Lua"
        )
    copy = {"new_title": "Outra", "new_slug": "outra", "new_parent_page": root.pk}

    client.post(reverse("wagtailadmin_pages:delete", args=[home.pk]))
    client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={home.pk}"
    )
    client.post(reverse("wagtailadmin_pages:copy", args=[home.pk]), copy)

    with tenant_scope(lua):
        assert HomePage.objects.filter(pk=home.pk).exists()
        assert not Page.objects.filter(slug="outra").exists()


def test_the_home_page_of_a_site_stays_published(lua, staff):
    client = staff(lua, "manager")
    with tenant_scope(lua):
        home = HomePage.objects.get(slug="lua")

    one = client.post(reverse("wagtailadmin_pages:unpublish", args=[home.pk]))
    many = client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={home.pk}"
    )

    assert (one.status_code, many.status_code) == (302, 302)
    with tenant_scope(lua):
        home.refresh_from_db()
    assert home.live


def test_a_language_whose_home_page_is_not_published_is_not_found(lua, guest):
    with tenant_scope(lua):
        HomePage.objects.get(slug="lua-en").unpublish()

    client = guest("lua.localhost")
    assert [client.get(path).status_code for path in ("/en/", "/en/suites/", "/suites/")] == [
        404, 404, 200,
    ]  # fmt: skip
