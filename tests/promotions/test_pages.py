"""What guests see of promotions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from promotions.models import PromotionRule
from promotions.pages import PromotionPage
from promotions.selectors import (
    Promotion,
    in_force,
    promotion_facts,
    promotion_of,
    published_promotions,
)
from promotions.selectors.offered import offered_coupon
from promotions.templatetags.promotions import first_moment, last_moment
from suites.enums import SuiteState
from suites.models import Stay, Suite
from suites.pages import SuitePage
from suites.selectors import Offer
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.conftest import raise_versions
from tests.factories.promotions import a_stay, make_coupon, make_promotion, make_rule
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


def live(motel: Property, at: datetime, language: str = "pt-br") -> list[Promotion]:
    return in_force(published_promotions(venue=motel, language=language), at=at)


def names(motel: Property, at: datetime) -> list[str]:
    return [each.page.slug for each in live(motel, at)]


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

    assert (english.page.title, english.page.rule) == ("Tuesday", promotion.rule)
    assert english.rule == promotion_of(promotion).rule


def facts_of(motel, promotion, at=NOON):
    return promotion_facts(promotion_of(promotion), offer=Offer(motel, "pt-br"), at=at)


def test_facts_name_what_is_covered(motel, promotion):
    facts = facts_of(motel, promotion)

    assert [card.page.slug for card in facts.suites] == ["loft"]
    assert [stay.slug for stay in facts.stays] == ["2h"]


def test_facts_say_when_it_can_be_had(motel, promotion):
    friday, tuesday_night = facts_of(motel, promotion), datetime(2026, 6, 17, 3, tzinfo=UTC)
    open_now = facts_of(motel, promotion, tuesday_night)

    assert (friday.is_open, open_now.is_open) == (False, True)
    assert f"{friday.opens.starts_at:%a %d %H:%M}" == "Tue 16 18:00"
    assert f"{open_now.opens.ends_at:%a %d %H:%M}" == "Wed 17 02:00"


def prices(facts) -> list[tuple[str, str, int, int]]:
    """Return (suite, stay, list price, price) of all that a promotion makes cheaper."""
    return [
        (suite.page.slug, each.stay.slug, each.list_centavos, each.centavos)
        for suite in facts.prices
        for each in suite.stays
    ]


def test_facts_have_the_prices_of_the_next_time_as_the_rule_gives_them(motel, promotion):
    friday = facts_of(motel, promotion)

    (found,) = prices(friday)
    assert found[:2] == ("loft", "2h")
    assert found[3] == found[2] - found[2] * 20 // 100
    assert f"{friday.arrival:%a %H:%M}" == "Tue 18:00"


def test_prices_of_a_promotion_that_is_open_are_of_those_who_come_now(motel, promotion):
    tuesday_night = datetime(2026, 6, 17, 3, tzinfo=UTC)

    assert facts_of(motel, promotion, tuesday_night).arrival == tuesday_night


@pytest.mark.parametrize(
    "fields",
    [
        {"effect": "courtesy", "percent": None, "courtesy": "Café"},
        {"effect": "extra_hours", "percent": None, "hours": 2},
        {"min_centavos": 99_999_00},
        {"ends_at": NOON - timedelta(days=1)},
        {"publish": False},
    ],
    ids=["courtesy", "hours", "dear", "over", "draft"],
)
def test_nothing_is_cheaper_with_a_promotion_that_takes_nothing_off(motel, fields):
    assert facts_of(motel, make_promotion(motel, "outra", **fields)).prices == []


def test_guests_are_taken_to_ask_as_early_as_they_have_to(motel):
    early = make_promotion(motel, "cedo", lead_minutes=24 * 60)

    assert prices(facts_of(motel, early))


def test_suites_that_cannot_be_used_have_no_prices(motel, promotion):
    Suite.objects.update(state=SuiteState.MAINTENANCE)

    assert facts_of(motel, promotion).prices == []


def test_a_promotion_s_page_shows_its_prices_and_its_coupon(motel, promotion):
    coupon = make_coupon("brinde", promotion.rule, code="TINTIM-7")
    promotion.story.append(
        ("coupon_reveal", {"heading": "Um brinde", "text": "", "coupon": coupon})
    )
    promotion.save_revision().publish()
    raise_versions()

    html = html_of("/promocoes/terca/")

    assert "Quanto custa com a promoção" in html
    assert "Um brinde" in html
    assert 'data-coupon="brinde"' in html
    assert "TINTIM" not in html
    assert offered_coupon("brinde", house=motel) == coupon


def test_a_draft_of_a_page_tells_of_what_is_published_of_its_rule(motel, promotion):
    night = a_stay(motel, "pernoite")
    elsewhere = Stay.objects.exclude(property=motel).first()
    promotion.rule = make_rule("nova", stays=[night, elsewhere, a_stay(motel)])
    draft = promotion.save_revision().as_object()

    facts = facts_of(motel, draft)

    assert [stay.slug for stay in facts.stays] == ["2h", "pernoite"]
    assert (facts.suites, facts.is_limited) == ([], False)


def test_a_rule_that_is_only_a_draft_gives_nothing(motel):
    page = make_promotion(motel, "rascunhada", publish=False)

    assert names(motel, NOON) == ["terca"]
    assert not facts_of(motel, page).promotion.is_published
    assert "Esta promoção não está no ar." in html_of("/promocoes/rascunhada/")


def test_a_page_without_a_rule_only_tells(motel, promotion):
    PromotionPage.objects.update(rule=None)

    assert names(motel, NOON) == ["terca"]
    assert "Um conto." in html_of("/promocoes/terca/")


def test_a_rule_for_other_houses_is_not_listed(motel, promotion):
    other = Property.objects.get(slug="lua-centro")
    promotion.rule = make_rule("alheia", properties=[other])
    promotion.save_revision().publish()

    assert names(motel, NOON) == []


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
    assert "20% de desconto" in html
    assert "Terça-feira e quinta-feira, das 18:00 às 02:00" in html


@pytest.mark.parametrize(("ends_at", "is_there"), [(None, True), ("2026-02-01T03:00Z", False)])
def test_search_engines_read_the_offer_until_it_is_over(lua, ends_at, is_there):
    with tenant_scope(lua):
        PromotionRule.objects.update(ends_at=ends_at)

    assert ('"@type":"Offer"' in html_of("/promocoes/terca/")) is is_there


def test_guests_are_told_that_there_are_no_promotions(lua):
    with tenant_scope(lua):
        PromotionPage.objects.get(slug="terca", locale__language_code="pt-br").unpublish()

    assert "no-promotions" in html_of("/promocoes/")


def test_a_promotion_that_is_over_says_so_and_is_not_listed(lua):
    with tenant_scope(lua):
        PromotionRule.objects.update(ends_at=datetime(2026, 2, 1, 3, tzinfo=UTC))

    assert "when-over" in html_of("/promocoes/terca/")
    assert "/promocoes/terca/" not in html_of("/promocoes/").split("<main")[1]


def test_moments_are_in_the_venue_s_time_and_midnight_ends_the_day_before(motel):
    motel.timezone = "America/Manaus"  # UTC-4
    venue = venue_of_property(motel)
    midnight = datetime(2026, 7, 1, 4, tzinfo=UTC)

    assert first_moment(midnight, venue).startswith("1")
    assert last_moment(midnight, venue).startswith("30")
    assert last_moment(midnight + timedelta(hours=18), venue).endswith("18:00")
