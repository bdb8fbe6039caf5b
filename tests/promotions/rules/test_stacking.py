"""Which promotions are applied together."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotions.enums import Stacking
from promotions.rules.effects import Discount
from promotions.rules.stacking import Lane, Offer, beside, best, gain

ALONE = Lane(Stacking.EXCLUSIVE)
FREE = Lane(Stacking.FREE)
LUNCH, NIGHT = Lane(Stacking.GROUP, "lunch"), Lane(Stacking.GROUP, "night")
BILL = 10_000


def offer(key, centavos=0, lane=FREE, hours=0, courtesy=""):
    return Offer(key, Discount(centavos, hours, courtesy), lane)


def keys(*offers, centavos=BILL):
    return [each.key for each in best(offers, centavos)]


def test_an_exclusive_one_stands_alone_if_it_gives_more():
    assert keys(offer("a", 500), offer("b", 600), offer("c", 1_200, ALONE)) == ["c"]
    assert keys(offer("a", 500), offer("b", 600), offer("c", 1_000, ALONE)) == ["a", "b"]


def test_of_a_group_one_is_applied():
    offers = [offer("a", 500, LUNCH), offer("b", 600, LUNCH), offer("c", 100, NIGHT)]

    assert keys(*offers) == ["b", "c"]


def test_hours_decide_where_the_bill_is_paid_already():
    offers = [offer("a", 9_000, LUNCH), offer("b", 8_000, LUNCH, hours=1), offer("c", 5_000)]

    assert keys(*offers) == ["b", "c"]


def test_nothing_that_gives_nothing_is_applied():
    assert keys(offer("a"), offer("b", lane=ALONE)) == []
    assert keys() == []


def test_lanes_combine():
    assert not ALONE.combines(FREE)
    assert not FREE.combines(ALONE)
    assert not LUNCH.combines(LUNCH)
    assert LUNCH.combines(NIGHT)
    assert LUNCH.combines(FREE)
    assert FREE.combines(FREE)


LANES = st.sampled_from([ALONE, FREE, LUNCH, NIGHT])
DISCOUNTS = st.builds(
    Discount, st.integers(0, 60) | st.just(100), st.integers(0, 2), st.sampled_from(["", "Café"])
)


@st.composite
def offer_lists(draw):
    found = draw(st.lists(st.tuples(DISCOUNTS, LANES), max_size=8))
    return [Offer(f"{number}", each, lane) for number, (each, lane) in enumerate(found)]


def allowed(chosen):
    return all(one.lane.combines(other.lane) for one, other in combinations(chosen, 2))


@given(offers=offer_lists(), centavos=st.integers(0, 150))
def test_no_allowed_combination_gives_more(offers, centavos):
    subsets = chain.from_iterable(combinations(offers, size) for size in range(len(offers) + 1))
    most = max(gain(each, centavos) for each in subsets if allowed(each))

    found = best(offers, centavos)

    assert allowed(found)
    assert gain(found, centavos) == most


@given(offers=offer_lists(), centavos=st.integers(0, 150), data=st.data())
def test_the_order_of_promotions_does_not_matter(offers, centavos, data):
    assert best(data.draw(st.permutations(offers)), centavos) == best(offers, centavos)


@given(offers=offer_lists(), centavos=st.integers(0, 150))
def test_each_promotion_that_is_applied_adds_something(offers, centavos):
    found = best(offers, centavos)

    for each in found:
        rest = [other for other in found if other != each]
        assert gain(rest, centavos) < gain(found, centavos)


@pytest.mark.parametrize(
    ("coupon", "others", "expected"),
    [
        ((1_000, ALONE), [("a", 500, ALONE), ("b", 500, FREE), ("c", 500, LUNCH)], []),
        ((1_000, FREE), [("a", 500, ALONE)], []),
        ((1_000, FREE), [("a", 500, FREE), ("b", 300, FREE)], ["a", "b"]),
        ((1_000, LUNCH), [("a", 500, LUNCH), ("b", 300, NIGHT)], ["b"]),
        ((1_000, FREE), [("a", 500, LUNCH), ("b", 600, LUNCH)], ["b"]),
        ((1_000, FREE), [("coupon", 1_000, FREE), ("a", 500, FREE)], ["a"]),
        ((6_000, FREE), [("a", 5_000, FREE)], ["a"]),
        ((10_000, FREE), [("a", 5_000, FREE)], []),
        ((1_000, FREE), [("a", 0, FREE)], []),
    ],
    ids=[
        "an exclusive coupon", "an exclusive other", "free ones", "the same group",
        "two of one group", "the coupon's own", "all of the bill", "nothing left", "nothing",
    ],
)  # fmt: skip
def test_beside_a_coupon_goes_what_combines_with_it(coupon, others, expected):
    own = offer("coupon", *coupon)
    found = beside(own, [offer(*each) for each in others], BILL)

    assert [each.key for each in found] == expected
    assert gain(found, BILL - coupon[0])[0] <= BILL - coupon[0]


def test_what_only_gives_hours_goes_beside_what_takes_all():
    free = offer("hour", 0, hours=1)

    assert beside(offer("coupon", BILL), [free, offer("a", 500)], BILL) == (free,)


@given(offers=offer_lists(), centavos=st.integers(0, 150))
def test_what_goes_beside_combines_and_takes_no_more_than_is_left(offers, centavos):
    for own in offers:
        if own.discount.centavos <= centavos:
            found = beside(own, offers, centavos)
            assert allowed(found)
            assert all(each.lane.combines(own.lane) and each.key != own.key for each in found)
