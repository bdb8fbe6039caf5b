"""What guests see of promotions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from promotions.pages import PromotedStay, PromotionIndexPage, PromotionPage
from promotions.selectors import in_force, promotion_facts, published_promotions
from promotions.templatetags.promotions import first_moment, last_moment
from suites.models import Stay
from suites.pages import SuitePage
from suites.selectors import Offer
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.theme import venue_of_property

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 12, 15, tzinfo=UTC)
LUA = "lua.localhost"


def html_of(path: str) -> str:
    response = Client().get(path, headers={"host": LUA})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def motel(lua):
    with tenant_scope(lua):
        yield Property.objects.select_related("site").get(slug="lua")


@pytest.fixture
def promotion(motel):
    return PromotionPage.objects.get(slug="terca", locale__language_code="pt-br")


def make_promotion(motel: Property, slug: str, **fields: object) -> PromotionPage:
    index = PromotionIndexPage.objects.get(
        locale__language_code="pt-br", slug="promocoes", path__startswith=motel.site.root_page.path
    )
    page = PromotionPage(title=slug.title(), slug=slug, locale=index.locale, **fields)
    index.add_child(instance=page)
    return page


def live(motel: Property, at: datetime, language: str = "pt-br") -> list[PromotionPage]:
    return in_force(published_promotions(venue=motel, language=language), at=at)


def names(motel: Property, at: datetime) -> list[str]:
    return [page.slug for page in live(motel, at)]


def test_only_promotions_in_force_are_listed_those_that_end_first_first(motel):
    make_promotion(motel, "longa", ends_at=NOON + timedelta(days=9))
    make_promotion(motel, "curta", ends_at=NOON + timedelta(days=1))
    make_promotion(motel, "futura", starts_at=NOON + timedelta(days=1))
    make_promotion(motel, "rascunho", live=False)

    assert names(motel, NOON) == ["curta", "longa", "terca"]
    assert names(motel, NOON + timedelta(days=2)) == ["longa", "terca", "futura"]
    assert names(motel, datetime(2025, 1, 1, tzinfo=UTC)) == ["curta", "longa"]


def test_another_motel_of_the_company_has_its_own(motel):
    other = Property.objects.select_related("site").get(slug="lua-centro")
    make_promotion(other, "do-centro")

    assert names(motel, NOON) == ["terca"]
    assert names(other, NOON) == ["do-centro"]


def test_each_language_has_the_same_promotions(motel, promotion):
    (english,) = live(motel, NOON, "en")

    assert (english.title, english.starts_at) == ("Tuesday", promotion.starts_at)
    assert [each.suite_type.slug for each in english.suite_types.all()] == ["loft"]
    assert [each.stay.slug for each in english.stays.all()] == ["2h"]


def test_facts_name_what_is_covered(motel, promotion):
    facts = promotion_facts(promotion, offer=Offer(motel, "pt-br"), at=NOON)

    assert [card.page.slug for card in facts.suites] == ["loft"]
    assert [stay.slug for stay in facts.stays] == ["2h"]


def test_a_draft_has_what_it_is_to_cover(motel, promotion):
    night = Stay.objects.get(property=motel, slug="pernoite")
    elsewhere = Stay.objects.exclude(property=motel).first()
    promotion.suite_types.clear()
    promotion.stays.add(PromotedStay(stay=night), PromotedStay(stay=elsewhere))
    draft = promotion.save_revision().as_object()

    facts = promotion_facts(draft, offer=Offer(motel, "pt-br"), at=NOON)

    assert [stay.slug for stay in facts.stays] == ["2h", "pernoite"]
    assert (facts.suites, facts.is_limited) == ([], False)


def test_a_promotion_for_suites_that_are_not_shown_does_not_seem_to_hold_for_all(motel, promotion):
    SuitePage.objects.get(slug="loft", locale__language_code="pt-br").unpublish()

    html = html_of("/promocoes/terca/")

    assert "Vale só em algumas suítes" in html
    assert "suite-card-name" not in html


def test_the_list_costs_the_same_queries(motel, django_assert_max_num_queries):
    for number in range(5):
        make_promotion(motel, f"numero-{number}")
    names(motel, NOON)  # fills the caches

    with django_assert_max_num_queries(4):
        live(motel, NOON)


def test_a_promotion_s_page_tells_what_when_and_where(lua):
    html = html_of("/promocoes/terca/")

    assert "Só na terça." in html
    assert "suite-card-name" in html
    assert "Um conto." in html


def test_guests_are_told_that_there_are_no_promotions(lua):
    with tenant_scope(lua):
        PromotionPage.objects.get(slug="terca", locale__language_code="pt-br").unpublish()

    assert "no-promotions" in html_of("/promocoes/")


def test_a_promotion_that_is_over_says_so_and_is_not_listed(lua):
    with tenant_scope(lua):
        PromotionPage.objects.filter(slug="terca").update(
            ends_at=datetime(2026, 2, 1, 3, tzinfo=UTC)
        )

    assert "when-over" in html_of("/promocoes/terca/")
    assert "/promocoes/terca/" not in html_of("/promocoes/").split("<main")[1]


def test_a_promotion_may_not_end_before_it_begins(motel, promotion):
    promotion.starts_at, promotion.ends_at = NOON, NOON

    with pytest.raises(ValidationError) as refused:
        promotion.clean()

    assert set(refused.value.message_dict) == {"ends_at"}


def test_moments_are_in_the_venue_s_time_and_midnight_ends_the_day_before(motel):
    motel.timezone = "America/Manaus"  # UTC-4
    venue = venue_of_property(motel)
    midnight = datetime(2026, 7, 1, 4, tzinfo=UTC)

    assert first_moment(midnight, venue).startswith("1")
    assert last_moment(midnight, venue).startswith("30")
    assert last_moment(midnight + timedelta(hours=18), venue).endswith("18:00")
