"""What promotions take off a price."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotions.enums import Effect
from promotions.rules.effects import Benefit, Bill, Discount, discount
from suites.rules.quotes import Item, Line

STAY = Bill(18_900)


@pytest.mark.parametrize(
    ("benefit", "bill", "expected"),
    [
        (Benefit(Effect.PERCENT, percent=10), STAY, Discount(1_890)),
        (Benefit(Effect.PERCENT, percent=33), Bill(101), Discount(33)),  # 33.33 down
        (Benefit(Effect.PERCENT, percent=1), Bill(99), Discount(0)),
        (Benefit(Effect.PERCENT, percent=100), STAY, Discount(18_900)),
        (Benefit(Effect.PERCENT, percent=50, cap_centavos=5_000), STAY, Discount(5_000)),
        (Benefit(Effect.PERCENT, percent=50, cap_centavos=99_999), STAY, Discount(9_450)),
        (Benefit(Effect.PERCENT, percent=10), Bill(100, 2, 50, 300), Discount(50)),
        (Benefit(Effect.AMOUNT, amount_centavos=3_000), STAY, Discount(3_000)),
        (Benefit(Effect.AMOUNT, amount_centavos=20_000), STAY, Discount(18_900)),
        (Benefit(Effect.SET_PRICE, price_centavos=9_900), STAY, Discount(9_000)),
        (Benefit(Effect.SET_PRICE, price_centavos=0), STAY, Discount(18_900)),
        (Benefit(Effect.SET_PRICE, price_centavos=20_000), STAY, Discount(0)),
        (Benefit(Effect.SET_PRICE, price_centavos=80), Bill(100, 1, 50, 30), Discount(20)),
        (Benefit(Effect.EXTRA_HOURS, hours=1), STAY, Discount(0, hours=1)),
        (Benefit(Effect.EXTRA_HOURS, hours=1), Bill(100, 3, 50), Discount(50, hours=1)),
        (Benefit(Effect.EXTRA_HOURS, hours=4), Bill(100, 3, 50), Discount(150, hours=4)),
        (Benefit(Effect.COURTESY, courtesy="Café"), STAY, Discount(courtesy="Café")),
    ],
)
def test_discounts_are_whole_centavos(benefit, bill, expected):
    assert discount(benefit, bill) == expected


def test_a_bill_is_what_the_lines_of_a_quote_add_up_to():
    lines = [Line(Item.STAY, 10_000), Line(Item.EXTRA_HOUR, 2_000, 2), Line(Item.EXTRA_PERSON, 500)]

    bill = Bill.of(lines)

    assert bill == Bill(10_000, 2, 2_000, 500)
    assert bill.centavos == sum(line.centavos for line in lines)


AMOUNTS = st.integers(0, 1_000_000)
BILLS = st.builds(Bill, AMOUNTS, st.integers(0, 10), AMOUNTS, AMOUNTS)
BENEFITS = st.one_of(
    st.builds(
        Benefit,
        st.just(Effect.PERCENT),
        percent=st.integers(1, 100),
        cap_centavos=st.none() | AMOUNTS,
    ),
    st.builds(Benefit, st.just(Effect.AMOUNT), amount_centavos=AMOUNTS),
    st.builds(Benefit, st.just(Effect.SET_PRICE), price_centavos=AMOUNTS),
    st.builds(Benefit, st.just(Effect.EXTRA_HOURS), hours=st.integers(1, 24)),
    st.builds(Benefit, st.just(Effect.COURTESY), courtesy=st.just("Café")),
)


@given(benefit=BENEFITS, bill=BILLS)
def test_no_discount_is_negative_or_more_than_the_bill(benefit, bill):
    assert 0 <= discount(benefit, bill).centavos <= bill.centavos


@given(benefit=BENEFITS, bill=BILLS)
def test_a_percentage_and_its_cap_are_never_exceeded(benefit, bill):
    taken = discount(benefit, bill).centavos

    if benefit.effect == Effect.PERCENT:
        assert taken * 100 <= bill.centavos * benefit.percent
        assert benefit.cap_centavos is None or taken <= benefit.cap_centavos
