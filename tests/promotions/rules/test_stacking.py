"""Which promotions are applied together."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from promotions.enums import Stacking
from promotions.rules.effects import Discount
from promotions.rules.stacking import Lane, Offer, best, gain

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
