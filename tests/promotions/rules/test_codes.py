"""Codes of coupons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotions.rules.codes import (
    ALPHABET,
    LOOK_ALIKES,
    WRITTEN,
    check_symbol,
    display,
    entropy,
    generate,
    is_well_formed,
    normalise,
)

PREFIXES = st.text(sorted(WRITTEN), max_size=12)
CODES = st.builds(generate, PREFIXES, random=st.randoms(use_true_random=True))


def test_the_alphabet_has_no_look_alikes():
    assert len(ALPHABET) == 31
    assert not set(ALPHABET) & LOOK_ALIKES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("terca-7q4m-k2xd", "TERCA7Q4MK2XD"),
        (" Terça 7q4m k2xd\n", "TERCA7Q4MK2XD"),
        ("TERCA\u20137Q4M\u00a0K2XD\u200b", "TERCA7Q4MK2XD"),
        ("\uff34\uff25\uff32\uff23\uff21", "TERCA"),  # full width
        ("O0I1L", "O0I1L"),
        ("amor_10", "AMOR_10"),
        ("", ""),
    ],
)
def test_codes_are_read_as_people_type_them(text, code):
    assert normalise(text) == code


@given(st.text())
def test_what_is_normalised_stays_so(text):
    assert normalise(normalise(text)) == normalise(text)


@given(code=CODES)
def test_a_new_code_is_well_formed(code):
    assert is_well_formed(code)
    assert normalise(code) == code
    assert set(code[-11:]) <= set(ALPHABET)
    assert check_symbol(code[:-1]) == code[-1]


@given(code=CODES, data=st.data())
def test_a_wrong_symbol_is_caught(code, data):
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from(sorted(WRITTEN - {code[place]})))

    assert not is_well_formed(code[:place] + wrong + code[place + 1 :])


@given(code=CODES, data=st.data())
def test_swapped_neighbours_are_caught(code, data):
    place = data.draw(st.integers(0, len(code) - 2))
    one, other = code[place : place + 2]

    swapped = code[:place] + other + one + code[place + 2 :]

    assert swapped == code or not is_well_formed(swapped)


@pytest.mark.parametrize("text", ["", "TERCA", "22222222222*", "ÇÇÇÇÇÇÇÇÇÇÇÇ", "TERCA10"])
def test_other_texts_are_not_well_formed(text):
    assert not is_well_formed(text)


@given(code=CODES, prefix=PREFIXES)
def test_what_is_shown_is_read_as_the_same_code(code, prefix):
    assert normalise(display(code, prefix)) == code


def test_codes_are_shown_in_groups_behind_their_prefix():
    assert display("TERCA7Q4MK2XD9ZB", "Terça") == "TERCA-7Q4M-K2XD-9ZB"
    assert display("7Q4MK2XD9ZB") == "7Q4M-K2XD-9ZB"
    assert display("7Q4MK2XD9ZB", "OUTRO") == "7Q4M-K2XD-9ZB"


def test_ten_symbols_have_49_bits_and_no_two_codes_are_alike():
    codes = {generate("LUA") for _number in range(1_000)}

    assert len(codes) == 1_000
    assert 49 < entropy() < 50
