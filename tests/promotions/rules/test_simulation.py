"""What a stay gets."""

from dataclasses import replace

from promotions.enums import Effect, Stacking
from promotions.rules.effects import Benefit, Bill
from promotions.rules.eligibility import Reason
from promotions.rules.simulation import simulate, without_code
from promotions.rules.stacking import Lane
from tests.promotions.rules.places import MON_TO_THU, case, opening, rule

BILL = Bill(10_000)
LUNCH = replace(rule(opening("12:00-18:00", MON_TO_THU), is_automatic=True), key="lunch")
NIGHT = replace(rule(opening("22:00-02:00"), is_automatic=True), key="night")
COUPON = replace(rule(), key="coupon", benefit=Benefit(Effect.PERCENT, percent=50))


def keys(trials):
    return [each.rule.key for each in trials]


def tried(found):
    return {each.rule.key: each for each in found.trials}


def test_what_holds_without_a_code_is_applied():
    found = simulate([LUNCH, NIGHT, COUPON], case("2026-11-24 15:00"), BILL)

    assert keys(found.applied) == ["lunch"]
    assert keys(found.trials) == ["lunch", "night", "coupon"]
    assert [each.holds for each in found.trials] == [True, False, True]
    (finding,) = tried(found)["night"].findings
    assert finding.reason == Reason.OUTSIDE_HOUR_WINDOW


def test_what_does_not_hold_still_says_what_it_would_give():
    found = simulate([NIGHT], case("2026-11-24 15:00"), BILL)

    assert not tried(found)["night"].discount.is_nothing
    assert found.gain == (0, 0, 0)


def test_of_several_the_best_for_the_guest_is():
    dearer = replace(LUNCH, key="dearer", benefit=Benefit(Effect.AMOUNT, amount_centavos=2_000))
    free = Lane(Stacking.FREE)
    together = [replace(LUNCH, lane=free), replace(LUNCH, key="too", lane=free)]

    assert keys(simulate([LUNCH, dearer], case(), BILL).applied) == ["dearer"]
    assert simulate([LUNCH, dearer], case(), BILL).gain == (2_000, 0, 0)
    assert keys(simulate(together, case(), BILL).applied) == ["lunch", "too"]


def test_a_coupon_may_go_beside_any_that_holds_without_a_code():
    found = simulate([LUNCH, NIGHT, COUPON, replace(LUNCH, key="too")], case(), BILL)

    assert [each.key for each in found.automatic] == ["lunch", "too"]
    assert len(found.applied) == 1


def test_what_gives_nothing_is_not_applied():
    dear = replace(LUNCH, benefit=Benefit(Effect.SET_PRICE, price_centavos=20_000))

    assert simulate([dear], case(), BILL).applied == ()


def test_without_a_code_the_others_are_left_out():
    rules = [LUNCH, NIGHT, COUPON, replace(LUNCH, key="too")]
    whole, found = simulate(rules, case(), BILL), without_code(rules, case(), BILL)

    assert keys(found.trials) == ["lunch", "too"]
    assert (found.gain, found.automatic) == (whole.gain, whole.automatic)
    assert keys(found.applied) == keys(whole.applied)
