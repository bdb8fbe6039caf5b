"""Which slot of a meter is tried."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from promotions.rules.limits import Want
from promotions.spending.wants import SLOTS, SPREAD_FROM, No, Row, Slot, choose, guess

OWNER = UUID(int=7)


def want(limit: int, *, amount: int = 1, is_shared: bool = True) -> Want:
    return Want(OWNER, "all", amount, limit, is_shared)


def spread(limits: list[int], taken: list[int], whole: int) -> list[Row]:
    pairs = enumerate(zip(limits, taken, strict=True))
    return [Row(slot, used, limit, whole, True) for slot, (limit, used) in pairs]


def test_small_limits_and_those_of_one_person_have_one_row():
    assert guess(want(SPREAD_FROM - 1)) == Slot(want(SPREAD_FROM - 1), 0, False)
    alone = want(10**9, is_shared=False)
    assert guess(alone) == Slot(alone, 0, False)


def test_large_limits_are_spread_over_all_slots():
    slots = {guess(want(SPREAD_FROM)).number for _try in range(2000)}

    assert slots == set(range(SLOTS))


def test_a_limit_that_was_raised_is_divided_and_one_that_was_lowered_stays_so():
    single = [Row(0, 5, 10, 10, False)]
    divided = spread([20] * SLOTS, [3] * SLOTS, 320)

    assert choose(want(SPREAD_FROM), single) is No.UNDIVIDED
    assert choose(want(100), divided) is No.UNDIVIDED
    assert choose(want(48), divided) is No.FULL


def test_what_was_given_back_is_divided_anew_when_no_slot_has_room():
    rows = spread([20] * SLOTS, [20] * SLOTS, 320)
    rows[3] = Row(3, 19, 19, 320, True)

    assert choose(want(320), rows) is No.UNDIVIDED


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=SLOTS, max_size=SLOTS),
    st.integers(0, 150),
)
def test_nobody_is_refused_while_there_is_room_nor_given_more(pairs, whole):
    rows = spread([taken + rest for taken, rest in pairs], [taken for taken, _rest in pairs], whole)
    choice = choose(want(whole), rows)

    assert (choice is No.FULL) == (sum(row.taken for row in rows) >= whole)
    if isinstance(choice, Slot):
        assert rows[choice.number].taken < rows[choice.number].limit
