"""What a page's form takes: what the page's own property has, in its zone."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from wagtail.models import Page

from promotions.pages import PromotionPage
from suites.models import SuiteType
from suites.pages import SuiteIndexPage, SuitePage
from suites.selectors import Offer, suite_cards
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.suites import make_suite
from tests.isolation.bodies import forms_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 25, 15, tzinfo=UTC)
SUITE = ("suites", "suitepage")


def index_of(model, slug):
    motel = Property.objects.select_related("site__root_page").get(slug=slug)
    return model.objects.descendant_of(motel.site.root_page).get()


def add(client, kind, parent, **fields):
    """Post the form of a new page of a kind, as it is drawn and with these fields."""
    address = reverse("wagtailadmin_pages:add", args=[*kind, parent.pk])
    body = forms_of(client.get(address).content) | {"title": "Nova", "slug": "nova"} | fields
    return client.post(address, body)


def edit(client, page, **fields):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, forms_of(client.get(address).content) | fields)


def test_a_suite_page_takes_no_suite_type_of_another_motel(lua, staff):
    with tenant_scope(lua):
        index = index_of(SuiteIndexPage, "lua-centro")
        loft = SuiteType.objects.get(slug="loft", property__slug="lua")
        own = make_suite(Property.objects.get(slug="lua-centro"), "toca")

    refused = add(staff(lua, "manager"), SUITE, index, suite_type=str(loft.pk))
    taken = add(staff(lua, "manager"), SUITE, index, suite_type=str(own.pk))

    assert set(refused.context["form"].errors) == {"suite_type"}
    assert taken.status_code == 302


def test_a_page_in_another_motel_s_tree_is_on_no_list(lua):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        loft = SuitePage.objects.get(slug="loft", locale__language_code="pt-br")
        page = SuitePage(title="Loft", slug="loft", suite_type=loft.suite_type, locale=loft.locale)
        index_of(SuiteIndexPage, "lua-centro").add_child(instance=page)

        found = [card.page for card in suite_cards(Offer(motel, "pt-br"), at=NOON)]

    assert loft in found
    assert page not in found


@pytest.fixture
def in_manaus(lua):
    """Move a motel to Manaus (UTC-4), and return a promotion of it."""
    with tenant_scope(lua):
        Property.objects.filter(slug="lua").update(timezone="America/Manaus")
        return PromotionPage.objects.get(slug="terca", locale__language_code="pt-br")


def test_instants_are_shown_and_read_in_the_motel_s_zone(lua, staff, in_manaus):
    with tenant_scope(lua):
        PromotionPage.objects.filter(pk=in_manaus.pk).update(go_live_at=NOON)
    client = staff(lua, "manager")
    address = reverse("wagtailadmin_pages:edit", args=[in_manaus.pk])

    shown = client.get(address).content.decode()
    edit(client, in_manaus, go_live_at="2090-01-01 08:00", **{"action-publish": "1"})

    assert "2026-11-25 11:00" in shown
    assert "America/Manaus" in shown
    with tenant_scope(lua):
        draft = Page.objects.get(pk=in_manaus.pk).specific.get_latest_revision_as_object()
        assert draft.go_live_at == datetime(2090, 1, 1, 12, tzinfo=UTC)
