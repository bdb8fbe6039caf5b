from datetime import time

import pytest
from wagtail.models import Locale

from suites.enums import DayClass, StayKind
from suites.models import Feature, Inclusion, SpecialDay, Stay, StayPrice, SuiteType
from suites.pages import SuitePage
from suites.selectors import price_table, suite_cards, suite_facts
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.suites import make_suite

pytestmark = pytest.mark.django_db

PT = "pt-br"


@pytest.fixture
def motel(lua):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        SuitePage.objects.all().delete()
        SuiteType.objects.all().delete()
        yield motel


def test_suite_cards_tell_name_features_and_lowest_price(motel):
    make_suite(motel, "grota", centavos=9650)

    [card] = suite_cards(motel=motel, language=PT)

    assert (card.page.title, card.from_centavos) == ("Grota", 9650)
    assert [feature.name for feature in card.features] == ["Tem grota"]


def test_suite_cards_keep_the_order_of_those_chosen(motel):
    first, second, _third = (make_suite(motel, slug) for slug in ("a", "b", "c"))

    cards = suite_cards(motel=motel, language=PT, only=[second, first])

    assert [card.page.suite_type for card in cards] == [second, first]


def test_suite_cards_leave_out_drafts_and_languages_without_a_page(motel):
    make_suite(motel, "rascunho")
    SuitePage.objects.get(slug="rascunho").unpublish()
    make_suite(motel, "pronta")

    assert [card.page.slug for card in suite_cards(motel=motel, language=PT)] == ["pronta"]
    assert suite_cards(motel=motel, language="es") == []


@pytest.mark.parametrize("count", [1, 3])
def test_suite_cards_cost_the_same_queries(motel, count, django_assert_num_queries):
    for number in range(count):
        make_suite(motel, f"suite-{number}")

    with django_assert_num_queries(4):
        assert len(suite_cards(motel=motel, language=PT)) == count


def test_features_are_read_in_the_guest_s_language(motel):
    suite_type = make_suite(motel, "hidro")
    english = Locale.objects.get(language_code="en")
    translated = Feature.objects.get(slug="tem-hidro").copy_for_translation(english)
    translated.name = "Whirlpool"
    translated.save()

    assert [f.name for f in suite_facts(suite_type, language="en").features] == ["Whirlpool"]
    assert [f.name for f in suite_facts(suite_type, language="es").features] == ["Tem hidro"]


def test_price_table_has_a_column_for_each_class_of_days(motel):
    suite_type = make_suite(motel, "premium", centavos=18900)
    night = Stay.objects.create(
        property=motel, slug="noite", kind=StayKind.WINDOW, starts_at=time(22), position=9
    )
    for day_class, centavos in ((DayClass.WEEKEND, 61050), (DayClass.WEEKDAY, 52000)):
        StayPrice.objects.create(
            suite_type=suite_type, stay=night, day_class=day_class, centavos=centavos
        )

    table = price_table(suite_type, language=PT)

    assert table.day_classes == [DayClass.ANY, DayClass.WEEKDAY, DayClass.WEEKEND]
    cells = [[price and price.centavos for price in row.prices] for row in table.rows]
    assert cells == [[18900, None, None], [None, 52000, 61050]]


def test_price_table_sets_special_days_apart(motel):
    suite_type = make_suite(motel, "loft")
    stay = Stay.objects.get(slug="2h-loft")
    day = SpecialDay.objects.create(property=motel, slug="d", name="Dia D", month=6, day=12)
    locale = Locale.objects.get(language_code=PT)
    kit = Inclusion.objects.create(slug="k", name="kit secreto", locale=locale)
    price = StayPrice.objects.create(
        suite_type=suite_type,
        stay=stay,
        centavos=57000,
        day_class=DayClass.SPECIAL,
        special_day=day,
    )
    price.inclusions.add(kit)

    table = price_table(suite_type, language=PT)

    assert table.day_classes == [DayClass.ANY]
    [special] = table.specials
    assert (special.day, special.prices[0].centavos) == (day, 57000)
    assert special.prices[0].inclusions == [kit]


def test_price_table_without_prices_is_false(motel):
    suite_type = make_suite(motel, "vazia")
    suite_type.prices.all().delete()

    assert not price_table(suite_type, language=PT)
