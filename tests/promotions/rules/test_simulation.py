"""What a stay gets."""

from dataclasses import replace

from promotions.enums import Effect, Stacking
from promotions.rules.effects import Benefit, Bill
from promotions.rules.eligibility import Reason
from promotions.rules.simulation import simulate
from promotions.rules.stacking import Lane
from tests.promotions.rules.places import MON_TO_THU, case, opening, rule

BILL = Bill(10_000)
LUNCH = replace(rule(opening("12:00-18:00", MON_TO_THU), is_automatic=True), key="lunch")
NIGHT = replace(rule(opening("22:00-02:00"), is_automatic=True), key="night")
COUPON = replace(rule(), key="coupon", benefit=Benefit(Effect.PERCENT, percent=50))


def keys(offers):
    return [each.key for each in offers]


def test_what_holds_without_a_code_is_applied():
    found = simulate([LUNCH, NIGHT, COUPON], case("2026-11-24 15:00"), BILL)

    assert keys(found.applied) == ["lunch"]
    assert keys(found.others) == ["coupon"]
    assert [each.reason for (each,) in found.refused] == [Reason.OUTSIDE_HOUR_WINDOW]


def test_of_several_the_best_for_the_guest_is():
    dearer = replace(LUNCH, key="dearer", benefit=Benefit(Effect.AMOUNT, amount_centavos=2_000))
    free = Lane(Stacking.FREE)
    together = [replace(LUNCH, lane=free), replace(LUNCH, key="too", lane=free)]

    assert keys(simulate([LUNCH, dearer], case(), BILL).applied) == ["dearer"]
    assert keys(simulate([LUNCH, dearer], case(), BILL).others) == ["lunch"]
    assert keys(simulate(together, case(), BILL).applied) == ["lunch", "too"]


def test_what_gives_nothing_is_no_alternative():
    dear = replace(LUNCH, benefit=Benefit(Effect.SET_PRICE, price_centavos=20_000))

    assert simulate([dear], case(), BILL).others == ()
