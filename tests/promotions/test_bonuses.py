"""What promotions that need no code do to the prices that guests see."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from promotions.enums import Effect, Stacking
from promotions.models import PromotionRule
from suites.enums import StayKind
from suites.models import Stay, StayPrice, SuiteType
from suites.selectors import Offer, prices_now, search_suites, suite_cards
from tenancy.models import Property
from tests.factories.promotions import make_rule, make_window
from tests.factories.suites import make_suite, without_suites

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("America/Sao_Paulo"))
FREE, GROUP = Stacking.FREE, Stacking.GROUP


@pytest.fixture
def motel(lua):
    with without_suites(lua, "lua") as motel:
        PromotionRule.objects.update(is_automatic=False)
        make_suite(motel, "loft", centavos=10_000)
        yield motel


def automatic(slug, **fields):
    return make_rule(slug, is_automatic=True, **fields)


def paid(motel, *, at=WEDNESDAY, language="pt-br"):
    """Return what guests pay for the first stay, and what they get."""
    offer = Offer(motel, language)
    [now, *_rest] = prices_now(offer, [SuiteType.objects.get(slug="loft")], at=at)
    return now.stays[0].list_centavos, now.stays[0].centavos, now.stays[0].gifts


def test_a_promotion_without_a_code_lowers_what_is_paid_and_says_so(motel):
    automatic("quinta-parte", percent=20)

    assert paid(motel) == (10_000, 8_000, ("20% de desconto",))
    assert paid(motel, language="en")[1] == 8_000
    [card] = suite_cards(Offer(motel, "pt-br"), at=WEDNESDAY)
    assert (card.from_centavos, card.now_centavos) == (10_000, 8_000)
    query = {"preco": ["80"]}
    assert search_suites(Offer(motel, "pt-br"), at=WEDNESDAY, query=query).cards


@pytest.mark.parametrize(
    "fields",
    [
        {"is_automatic": False},
        {"publish": False},
        {"lead_minutes": 60},
        {"min_minutes": 121},
        {"min_centavos": 10_001},
        {"ends_at": WEDNESDAY},
        {"starts_at": WEDNESDAY + timedelta(seconds=1)},
        {"windows": [make_window("13:00-15:00")]},
        {"windows": [make_window(days="thu")]},
    ],
)
def test_one_that_does_not_hold_lowers_nothing(motel, fields):
    make_rule("outra", **{"is_automatic": True, "percent": 20, **fields})

    assert paid(motel) == (10_000, 10_000, ())


def test_only_what_it_is_for_is_cheaper(motel):
    other = make_suite(motel, "grota", centavos=10_000)
    elsewhere = Property.objects.exclude(pk=motel.pk).first()
    automatic("so-grota", percent=20, types=[other])
    automatic("so-outra-permanencia", percent=30, stays=[Stay.objects.get(slug="2h-grota")])
    assert elsewhere is not None
    automatic("so-la", percent=50, properties=[elsewhere])

    assert paid(motel) == (10_000, 10_000, ())


@pytest.mark.parametrize(
    ("first", "second", "centavos"),
    [
        ({"stacking": FREE}, {"stacking": FREE}, 7_000),
        ({"stacking": FREE}, {}, 8_000),
        ({}, {}, 8_000),
        ({"stacking": GROUP, "stacking_group": "a"},
         {"stacking": GROUP, "stacking_group": "a"}, 8_000),
        ({"stacking": GROUP, "stacking_group": "a"},
         {"stacking": GROUP, "stacking_group": "b"}, 7_000),
    ],
)  # fmt: skip
def test_of_several_the_best_for_guests_are_counted(motel, first, second, centavos):
    automatic("um", percent=10, **first)
    automatic("outro", percent=20, **second)

    assert paid(motel)[1] == centavos


def test_hours_and_courtesies_are_told_at_the_same_price(motel):
    automatic("hora", effect=Effect.EXTRA_HOURS, percent=None, hours=1, stacking=FREE)
    automatic(
        "cafe", effect=Effect.COURTESY, percent=None, courtesy="Café", courtesy_en="Coffee",
        stacking=FREE,
    )  # fmt: skip

    assert paid(motel) == (10_000, 10_000, ("Café", "1 hora a mais sem pagar"))
    assert paid(motel, language="en")[2][0] == "Coffee"


def test_prices_say_until_when_a_promotion_counts(motel):
    automatic("almoco", percent=20, windows=[make_window("11:00-15:00")])
    suite_type = SuiteType.objects.get(slug="loft")
    three = WEDNESDAY.replace(hour=15)

    def told(at):
        [now] = prices_now(Offer(motel, "pt-br"), [suite_type], at=at)
        return now.stays[0].centavos, now.changes_at

    assert told(WEDNESDAY) == (8_000, three)
    assert told(three) == (10_000, three.replace(hour=11) + timedelta(days=1))


def test_a_spell_ends_when_a_promotion_opens_or_closes(motel):
    automatic("almoco", percent=20, windows=[make_window("12:30-15:00")])
    offer = Offer(motel, "pt-br")
    half_past, three = WEDNESDAY.replace(minute=30), WEDNESDAY.replace(hour=15)

    assert offer.spell(WEDNESDAY).ends_at == half_past
    assert offer.spell(half_past).ends_at == three
    at = offer.spell(half_past).begins_at
    assert suite_cards(offer, at=at)[0].now_centavos == 8_000


def test_one_that_opens_never_again_bounds_nothing(motel):
    automatic("nunca", percent=20, ends_at=WEDNESDAY, windows=[make_window("12:30-15:00")])

    assert Offer(motel, "pt-br").spell(WEDNESDAY).ends_at == WEDNESDAY.replace(hour=18)


def test_what_is_given_is_said_in_the_language_of_the_offer_whoever_asks_first(motel):
    automatic("quinta-parte", percent=20)
    with override("en"):
        assert paid(motel)[2] == ("20% de desconto",)


def test_a_spell_ends_when_a_night_becomes_too_short_for_a_promotion(motel):
    suite_type = SuiteType.objects.get(slug="loft")
    StayPrice.objects.filter(suite_type=suite_type).delete()
    night = Stay.objects.create(
        property=motel, slug="noite", kind=StayKind.WINDOW, starts_at=time(20), ends_at=time(10)
    )
    StayPrice.objects.create(suite_type=suite_type, stay=night, centavos=10_000)
    automatic("noite-inteira", percent=20, min_minutes=12 * 60, stays=[night])
    offer, ten = Offer(motel, "pt-br"), WEDNESDAY.replace(hour=22)

    def told(at):
        [now] = prices_now(offer, [suite_type], at=offer.spell(at).begins_at)
        return now.stays[0].centavos, now.changes_at

    after_ten = ten + datetime.resolution
    assert told(WEDNESDAY.replace(hour=20)) == (8_000, after_ten)
    assert told(ten) == (8_000, after_ten)
    assert told(ten.replace(minute=1))[0] == 10_000
