"""What decisions read of rules and coupons."""

from datetime import time

import pytest

from promotions.enums import Effect, Holidays, Scope, Stacking
from promotions.models import Coupon, PromotionWindow
from promotions.rules.effects import Benefit
from promotions.rules.stacking import Lane
from promotions.selectors import draft_rules, grants, published_rules
from promotions.selectors.overview import overview
from suites.rules.stays import ClockRange
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.promotions import (
    a_stay,
    a_suite_type,
    make_coupon,
    make_rule,
    make_window,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def motel(lua):
    with tenant_scope(lua):
        yield Property.objects.get(slug="lua")


def by_key(rules):
    return {rule.key: rule for rule in rules}


def test_a_rule_is_read_with_all_that_hangs_on_it(motel):
    row = make_rule(
        "inteira",
        percent=30,
        cap_centavos=5_000,
        min_minutes=60,
        min_centavos=100,
        lead_minutes=5,
        lead_minutes_max=50,
        budget_centavos=9_000,
        is_automatic=True,
        stacking=Stacking.GROUP,
        stacking_group="almoco",
        windows=[
            make_window("22:00-02:00", "fri", holidays=Holidays.EXCEPT_BOTH),
            make_window(days="sat sun"),
        ],
        properties=[motel],
        types=[a_suite_type(motel)],
        stays=[a_stay(motel)],
    )

    rule = by_key(published_rules())[row.pk]

    assert rule.benefit == Benefit(Effect.PERCENT, percent=30, cap_centavos=5_000)
    assert [(each.weekdays, each.hours) for each in rule.windows.openings] == [
        ({4}, ClockRange(time(22), time(2))),
        ({5, 6}, None),
    ]
    assert rule.windows.openings[0].holidays == Holidays.EXCEPT_BOTH
    assert (rule.properties, rule.suite_types, rule.stays) == (
        {motel.pk}, {a_suite_type(motel).pk}, {a_stay(motel).pk},
    )  # fmt: skip
    assert (rule.min_minutes, rule.min_centavos, rule.budget_centavos) == (60, 100, 9_000)
    assert (rule.lead_minutes, rule.lead_minutes_max) == (5, 50)
    assert rule.is_automatic
    assert rule.lane == Lane(Stacking.GROUP, "almoco")


def test_a_courtesy_is_said_in_the_language_asked_for(motel):
    row = make_rule(
        "cortesia", effect=Effect.COURTESY, percent=None, courtesy="Café", courtesy_en="Coffee"
    )

    said = [by_key(published_rules(language=language))[row.pk] for language in ("en", "es")]

    assert [rule.benefit.courtesy for rule in said] == ["Coffee", "Café"]


def test_a_draft_is_read_only_when_it_is_asked_for(motel):
    row = make_rule("aos-poucos", windows=[make_window("12:00-18:00", "mon")])
    row.percent = 50
    row.windows = [make_window("08:00-09:00", "sun", holidays=Holidays.ONLY_EVES)]
    row.save_revision()
    new = make_rule("so-rascunho", publish=False)

    published, drafts = by_key(published_rules()), by_key(draft_rules())

    assert published[row.pk].benefit.percent == 10
    assert new.pk not in published
    assert drafts[row.pk].benefit.percent == 50
    (opening,) = drafts[row.pk].windows.openings
    assert (opening.weekdays, opening.hours) == ({6}, ClockRange(time(8), time(9)))
    assert drafts[new.pk].is_published


def test_a_draft_that_says_the_same_is_the_same(motel):
    row = make_rule(
        "igual",
        windows=[make_window("12:00-18:00", "mon")],
        properties=[motel],
        types=[a_suite_type(motel)],
        stays=[a_stay(motel)],
    )
    row.save_revision()

    assert by_key(draft_rules())[row.pk] == by_key(published_rules())[row.pk]


def test_a_coupon_is_read_with_its_rule(motel):
    row = make_rule("dada", budget_centavos=7_000)
    coupon = make_coupon(
        "dado",
        row,
        limit=5,
        limit_per_day=2,
        budget_centavos=900,
        identifier="cpf",
        limit_per_identifier=1,
        identifier_scope=Scope.PROPERTY,
    )

    grant = grants([coupon.pk])[coupon.pk]

    assert grant.rule == by_key(published_rules())[row.pk]
    limits = grant.terms.limits
    assert (limits.total, limits.per_day, limits.budget, limits.rule_budget) == (5, 2, 900, 7_000)
    assert (limits.per_person, limits.person_scope) == (1, Scope.PROPERTY)
    assert grant.terms.is_published


def test_a_coupon_that_is_no_longer_published_says_so(motel):
    coupon = make_coupon("retirado", make_rule("base"))
    coupon.unpublish()

    assert not grants([coupon.pk])[coupon.pk].terms.is_published


@pytest.mark.parametrize("count", [1, 4])
def test_the_queries_do_not_depend_on_how_many_there_are(motel, django_assert_num_queries, count):
    for number in range(count):
        rule = make_rule(f"numero-{number}", windows=[make_window()], properties=[motel])
        make_coupon(f"cupom-{number}", rule)
    keys = list(Coupon.objects.values_list("pk", flat=True))

    for read in (published_rules, draft_rules, lambda: grants(keys)):
        with django_assert_num_queries(1):
            read()
    with django_assert_num_queries(6):
        overview(language="pt-br")


def test_a_rule_of_another_tenant_is_not_read(motel, sol):
    with tenant_scope(sol):
        theirs = {rule.key for rule in published_rules()}
        assert PromotionWindow.objects.exists()

    assert theirs
    assert not theirs & set(by_key(published_rules()))
    assert grants(theirs) == {}
