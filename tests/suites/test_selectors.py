from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Locale

from suites.enums import DayClass, StayKind, SuiteState
from suites.models import (
    Feature,
    Inclusion,
    PropertyCalendar,
    SpecialDay,
    Stay,
    StayPrice,
    Suite,
    SuiteType,
    SuiteTypeFeature,
)
from suites.pages import SuitePage
from suites.selectors import (
    Lowest,
    Offer,
    compare_suites,
    name_of,
    price_table,
    prices_now,
    search_suites,
    suite_cards,
    suite_facts,
)
from tests.factories.suites import make_suite, without_suites

pytestmark = pytest.mark.django_db

PT = "pt-br"
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("America/Sao_Paulo"))


@pytest.fixture
def motel(lua):
    with without_suites(lua, "lua") as motel:
        yield motel


def cards(motel, language=PT, at=WEDNESDAY, **asked):
    return suite_cards(Offer(motel, language), at=at, **asked)


def table(suite_type, at=WEDNESDAY):
    return price_table(Offer(suite_type.property, PT), suite_type, at=at)


def test_suite_cards_tell_name_features_and_lowest_price(motel):
    make_suite(motel, "grota", centavos=9650)

    [card] = cards(motel)

    assert (card.page.title, card.from_centavos, card.now_centavos) == ("Grota", 9650, 9650)
    assert [feature.name for feature in card.features] == ["Tem grota"]


def test_suite_cards_keep_the_order_of_those_chosen(motel):
    first, second, _third = (make_suite(motel, slug) for slug in ("a", "b", "c"))

    found = cards(motel, only=[second, first])

    assert [card.page.suite_type for card in found] == [second, first]


def test_suite_cards_leave_out_drafts_and_languages_without_a_page(motel):
    make_suite(motel, "rascunho")
    SuitePage.objects.get(slug="rascunho").unpublish()
    make_suite(motel, "pronta")

    assert [card.page.slug for card in cards(motel)] == ["pronta"]
    assert cards(motel, language="es") == []


@pytest.mark.parametrize("count", [1, 3])
def test_suite_cards_cost_the_same_queries(motel, count, django_assert_num_queries):
    for number in range(count):
        make_suite(motel, f"suite-{number}")
    cards(motel)  # fills the cache of the sites' roots

    with django_assert_num_queries(4):  # pages, stays, prices, promotions
        assert len(cards(motel)) == count


def test_features_are_read_in_the_guest_s_language(motel):
    suite_type = make_suite(motel, "hidro")
    english = Locale.objects.get(language_code="en")
    translated = Feature.objects.get(slug="tem-hidro").copy_for_translation(english)
    translated.name = "Whirlpool"
    translated.save()

    def names(language):
        return [f.name for f in suite_facts(Offer(motel, language), suite_type).features]

    assert names("en") == ["Whirlpool"]
    assert names("es") == ["Tem hidro"]


def test_features_are_everywhere_in_the_order_of_the_vocabulary(motel):
    types = [make_suite(motel, slug) for slug in ("ar", "sauna", "hidro")]
    order = {"tem-sauna": 0, "tem-hidro": 1, "tem-ar": 2}
    for slug, position in order.items():
        Feature.objects.filter(slug=slug).update(position=position)
    for feature in Feature.objects.filter(slug__in=order).order_by("name"):
        SuiteTypeFeature.objects.get_or_create(suite_type=types[0], feature=feature)
    offer = Offer(motel, PT)
    comparison = compare_suites(offer, types[1:] + types[:1], at=WEDNESDAY)

    found = [
        suite_facts(offer, types[0]).features,
        cards(motel)[0].features,
        search_suites(offer, at=WEDNESDAY, query={}).choices,
        [word for word, _has in comparison.features],
    ]

    assert [[word.slug for word in words] for words in found] == 4 * [list(order)]


@pytest.mark.parametrize(("language", "name"), [("pt-br", "Mestra"), ("es", "Suíte mestra")])
def test_a_suite_type_is_called_by_its_page_in_the_guest_s_language(motel, language, name):
    suite_type = make_suite(motel, "mestra")
    SuiteType.objects.update(name="Suíte mestra")
    suite_type.refresh_from_db()

    assert name_of(Offer(motel, language), suite_type) == name


@pytest.mark.parametrize(
    ("language", "name"), [("pt-br", "Véspera"), ("en", "The night before"), ("es", "Véspera")]
)
def test_special_days_have_names_in_the_guest_s_language(motel, language, name):
    suite_type = make_suite(motel, "loft")
    day = SpecialDay.objects.create(
        property=motel, slug="v", name="Véspera", name_en="The night before", month=6, day=11
    )
    stay = Stay.objects.get(slug="2h-loft")
    StayPrice.objects.create(
        suite_type=suite_type, stay=stay, day_class=DayClass.SPECIAL, special_day=day, centavos=1
    )

    [special] = price_table(Offer(motel, language), suite_type, at=WEDNESDAY).specials

    assert special.name == name


def test_price_table_has_what_counts_on_each_class_of_days(motel):
    suite_type = make_suite(motel, "premium", centavos=18900)
    night = Stay.objects.create(
        property=motel,
        slug="noite",
        kind=StayKind.WINDOW,
        starts_at=time(22),
        ends_at=time(12),
        position=9,
    )
    for day_class, centavos in ((DayClass.WEEKEND, 61050), (DayClass.WEEKDAY, 52000)):
        StayPrice.objects.create(
            suite_type=suite_type, stay=night, day_class=day_class, centavos=centavos
        )

    found = table(suite_type)

    assert found.day_classes == [DayClass.WEEKDAY, DayClass.WEEKEND]
    cells = [[[each.centavos for each in cell] for cell in row.cells] for row in found.rows]
    assert cells == [[[18900], [18900]], [[52000], [61050]]]


def test_price_table_tells_when_eves_begin_where_they_have_a_price(motel):
    suite_type = make_suite(motel, "loft")
    PropertyCalendar.objects.update_or_create(property=motel, defaults={"eve_from": time(18)})
    assert table(suite_type).eve_from is None

    price = suite_type.prices.get()
    for day_class in (DayClass.HOLIDAY_EVE, DayClass.HOLIDAY):
        StayPrice.objects.create(
            suite_type=suite_type, stay=price.stay, day_class=day_class, centavos=99000
        )

    assert table(suite_type).eve_from == time(18)


def test_price_table_tells_a_tolerance_once_if_all_stays_share_it(motel):
    suite_type = make_suite(motel, "loft", centavos=9650)
    stay = Stay.objects.get(slug="2h-loft")
    assert (table(suite_type).shared_tolerance, table(suite_type).tolerances) == (0, [])

    stay.tolerance_minutes = 15
    stay.save()

    assert table(suite_type).shared_tolerance == 15


def test_price_table_sets_special_days_apart(motel):
    suite_type = make_suite(motel, "loft")
    stay = Stay.objects.get(slug="2h-loft")
    day = SpecialDay.objects.create(property=motel, slug="d", name="Dia D", month=6, day=12)
    kit = Inclusion.objects.create(
        slug="k", name="kit secreto", locale=Locale.objects.get(language_code=PT)
    )
    price = StayPrice.objects.create(
        suite_type=suite_type,
        stay=stay,
        centavos=57000,
        day_class=DayClass.SPECIAL,
        special_day=day,
    )
    price.inclusions.add(kit)

    found = table(suite_type)

    assert found.day_classes == [DayClass.ANY]
    [special] = found.specials
    [(special_stay, [amount])] = special.rows
    assert (special.name, special.date, special_stay) == ("Dia D", date(2027, 6, 12), stay)
    assert (amount.centavos, amount.inclusions) == (57000, ["kit secreto"])


def test_price_table_without_prices_is_false(motel):
    suite_type = make_suite(motel, "vazia")
    suite_type.prices.all().delete()

    assert not table(suite_type)


def test_price_now_tells_until_when(motel):
    suite_type = make_suite(motel, "loft", centavos=7600)
    stay = Stay.objects.get(slug="2h-loft")
    StayPrice.objects.create(
        suite_type=suite_type, stay=stay, centavos=9000, day_class=DayClass.WEEKEND
    )

    [now] = prices_now(Offer(motel, PT), [suite_type], at=WEDNESDAY)

    assert [each.centavos for each in now.stays] == [7600]
    assert now.changes_at is not None
    assert now.changes_at.strftime("%d %H:%M") == "27 18:00"


def test_a_chosen_suite_type_that_is_gone_is_left_out(motel):
    here = make_suite(motel, "aqui", centavos=9650)
    offer = Offer(motel, PT)

    chosen = [None, here]

    assert [card.suite_type for card in suite_cards(offer, at=WEDNESDAY, only=chosen)] == [here]
    assert [now.suite_type for now in prices_now(offer, chosen, at=WEDNESDAY)] == [here]
    assert len(compare_suites(offer, chosen, at=WEDNESDAY).cards) == 1
    assert suite_cards(offer, at=WEDNESDAY, only=[None]) == []


def test_comparison_tells_who_has_what(motel):
    suite_types = [make_suite(motel, "a", centavos=100), make_suite(motel, "b", centavos=200)]

    found = compare_suites(Offer(motel, PT), suite_types, at=WEDNESDAY)

    assert [(word.name, has) for word, has in found.features] == [
        ("Tem a", [True, False]),
        ("Tem b", [False, True]),
    ]
    assert {stay.slug: prices for stay, prices in found.prices} == {
        "2h-a": [Lowest(100, is_only=True), None],
        "2h-b": [None, Lowest(200, is_only=True)],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["grota", "sauna"]),
        ({"tem": ["tem-grota"]}, ["grota"]),
        ({"tem": ["tem-grota", "tem-sauna"]}, []),
        ({"tem": ["nada-disso"]}, ["grota", "sauna"]),
        ({"ate": ["80"]}, ["sauna"]),
        ({"ate": ["79"]}, ["sauna"]),
        ({"ate": ["10"]}, []),
        ({"ate": ["muito"]}, ["grota", "sauna"]),
        ({"ate": ["9" * 40]}, ["grota", "sauna"]),
        ({"q": ["pedra"]}, ["grota"]),
        ({"q": ["tem SAUNA"]}, ["sauna"]),
        ({"q": ["pedra"], "ate": ["80"]}, []),
        ({"q": ["'; DROP TABLE --\x00"]}, []),
    ],
)
def test_search_finds_by_words_features_and_price_now(motel, query, found):
    make_suite(motel, "grota", centavos=9650)
    make_suite(motel, "sauna", centavos=7900)
    page = SuitePage.objects.get(slug="grota")
    page.intro = "Paredes de pedra."
    page.save()

    search = search_suites(Offer(motel, PT), at=WEDNESDAY, query=query)

    assert [card.page.slug for card in search.cards] == found


def test_suite_type_whose_suites_are_all_shut_is_not_sold(motel):
    suite_type = make_suite(motel, "obra")
    make_suite(motel, "aberta")
    offer = Offer(motel, PT)
    Suite.objects.filter(suite_type=suite_type).update(state=SuiteState.MAINTENANCE)

    [now] = prices_now(offer, [suite_type], at=WEDNESDAY)
    found = search_suites(offer, at=WEDNESDAY, query={"ate": ["500"]})
    [card] = suite_cards(offer, at=WEDNESDAY, only=[suite_type])

    assert (now.is_out, now.stays, now.changes_at) == (True, [], None)
    assert [each.page.slug for each in found.cards] == ["aberta"]
    assert (card.is_out, card.from_centavos, card.now_centavos) == (True, None, None)


def test_comparison_has_no_prices_of_a_suite_type_whose_suites_are_all_shut(motel):
    shut, open_ = make_suite(motel, "obra", centavos=100), make_suite(motel, "aberta", centavos=200)
    Suite.objects.filter(suite_type=shut).update(state=SuiteState.MAINTENANCE)

    found = compare_suites(Offer(motel, PT), [shut, open_], at=WEDNESDAY)

    assert [card.is_out for card in found.cards] == [True, False]
    assert {stay.slug: prices for stay, prices in found.prices} == {
        "2h-aberta": [None, Lowest(200, is_only=True)]
    }


def test_suite_type_with_one_open_suite_is_sold(motel):
    suite_type = make_suite(motel, "obra")
    Suite.objects.create(suite_type=suite_type, number="2", state=SuiteState.MAINTENANCE)

    [now] = prices_now(Offer(motel, PT), [suite_type], at=WEDNESDAY)

    assert (now.is_out, len(now.stays)) == (False, 1)


def test_a_spell_lasts_until_the_next_turn(motel):
    make_suite(motel, "grota")
    offer = Offer(motel, PT)
    first = offer.spell(WEDNESDAY)
    six = WEDNESDAY.replace(hour=18)  # when weekends begin and end

    assert (first.begins_at, first.ends_at) == (WEDNESDAY, six)
    assert offer.spell(six - timedelta(seconds=1)) is first
    assert offer.spell(six).begins_at == six
    assert offer.spell(WEDNESDAY).begins_at == WEDNESDAY


def test_what_is_worked_out_in_a_spell_is_worked_out_anew_in_the_next(motel):
    suite_type = make_suite(motel, "grota", centavos=7600)
    tomorrow = WEDNESDAY.date() + timedelta(days=1)
    stay = Stay.objects.get(slug="2h-grota")
    StayPrice.objects.create(suite_type=suite_type, stay=stay, centavos=8100, valid_from=tomorrow)
    offer = Offer(motel, PT)

    paid = [
        suite_cards(offer, at=offer.spell(at).begins_at)[0].now_centavos
        for at in (WEDNESDAY, WEDNESDAY + timedelta(hours=11), WEDNESDAY + timedelta(hours=12))
    ]

    assert paid == [7600, 7600, 8100]
