"""What those who write promotions see before guests do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from promotions.models import PromotionRule
from promotions.pages import PromotionPage
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.promotions import make_promotion
from tests.promotions.test_pages import LUA, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def page(lua) -> PromotionPage:
    """Return the page of a rule of 10 %, of which a draft says 35 % from tomorrow on."""
    with tenant_scope(lua):
        made = make_promotion(Property.objects.get(slug="lua"), "junho")
        made.save_revision()
        rule = PromotionRule.objects.get(pk=made.rule_id)
        rule.percent, rule.starts_at = 35, NOON + timedelta(days=1)
        rule.save_revision()
        return made


def frame(client: Client, page: PromotionPage, **asked: str) -> str:
    return client.get(reverse("page_preview_frame", args=[page.pk]), asked).content.decode()


def test_a_preview_shows_the_rule_s_draft_as_of_an_instant(lua, staff, page):
    client = staff(lua, "editor")

    today, later = frame(client, page), frame(client, page, at="2026-06-14T12:00")

    assert "35% de desconto" in today
    assert "35% de desconto" in later
    assert today != later


def test_a_preview_of_what_is_published_shows_the_published_rule(lua, staff, page):
    html = frame(staff(lua, "editor"), page, version="live")

    assert "10% de desconto" in html
    assert "35%" not in html


def test_guests_see_no_draft(page):
    html = Client().get("/promocoes/junho/", headers={"host": LUA}).content.decode()

    assert "10% de desconto" in html
    assert "35%" not in html
