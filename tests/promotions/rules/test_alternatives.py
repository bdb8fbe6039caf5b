"""The same coupon for another stay."""

from dataclasses import replace
from uuid import UUID

from promotions.enums import Effect, Stacking
from promotions.rules.alternatives import MOST, Option, depends_on_stay, other_stays
from promotions.rules.effects import Benefit, Bill
from promotions.rules.eligibility import Finding, Reason
from promotions.rules.stacking import Lane
from tests.promotions.rules.places import case, opening, rule

LOFT, SUITE, SHORT, LONG, NIGHT = (UUID(int=number) for number in range(10, 15))
HERE = case(suite_type=LOFT, stay=SHORT, minutes=120, centavos=8_000)


def option(suite=LOFT, stay=LONG, centavos=12_000) -> Option:
    return Option(suite, stay, 180, Bill(centavos))


def places(found):
    return [(each.option.suite_type, each.option.stay) for each in found]


def against(*reasons: Reason, **fields: object) -> tuple[Finding, ...]:
    return tuple(Finding(each, "rule", **fields) for each in reasons)


def test_the_same_suite_is_nearest_then_the_same_stay_then_the_price():
    many = [
        option(SUITE, NIGHT, 5_000), option(SUITE, SHORT, 20_000), option(LOFT, NIGHT, 30_000),
    ]  # fmt: skip

    assert MOST == 2
    assert places(other_stays(rule(), HERE, many)) == [(LOFT, NIGHT), (SUITE, SHORT)]
    assert places(other_stays(rule(), HERE, [*many[:1], option(SUITE, LONG, 4_000)])) == [
        (SUITE, LONG),
        (SUITE, NIGHT),
    ]


def test_only_those_for_which_the_promotion_holds():
    only_long = rule(stays=frozenset([LONG]), min_centavos=10_000)
    options = [option(), option(stay=NIGHT), option(SUITE, LONG, 9_000)]

    assert places(other_stays(only_long, HERE, options)) == [(LOFT, LONG)]
    assert other_stays(rule(opening("01:00-02:00")), HERE, options) == ()


def test_what_takes_nothing_off_is_no_alternative():
    dear = replace(rule(), benefit=Benefit(Effect.SET_PRICE, price_centavos=12_000))

    assert places(other_stays(dear, HERE, [option(), option(stay=NIGHT, centavos=20_000)])) == [
        (LOFT, NIGHT)
    ]


def test_its_price_is_with_what_needs_no_code_and_goes_beside():
    free = Lane(Stacking.FREE)
    own, other = replace(rule(), lane=free), replace(rule(), key="other", is_automatic=True)
    others = [own, replace(other, lane=free)]

    assert [each.total for each in other_stays(own, HERE, [option()], others)] == [9_600]
    assert [each.total for each in other_stays(own, HERE, [option()], [other])] == [10_800]


def test_what_another_stay_would_not_mend_is_nobody_s_business():
    person = against(Reason.IDENTIFIER_REQUIRED, is_blocking=False)

    assert depends_on_stay(against(Reason.SUITE_NOT_ELIGIBLE, Reason.MIN_SPEND))
    assert depends_on_stay((*against(Reason.PERIOD_NOT_ELIGIBLE), *person))
    assert not depends_on_stay(person)
    assert not depends_on_stay(())
    for reason in (Reason.NOT_FOUND, Reason.DISABLED, Reason.WRONG_PROPERTY, Reason.GLOBAL_LIMIT):
        assert not depends_on_stay(against(Reason.SUITE_NOT_ELIGIBLE, reason))
