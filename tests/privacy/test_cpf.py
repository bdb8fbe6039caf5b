"""One person, one spelling: what is a CPF, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.cpf import InvalidCpf, masked, normalise
from tests.factories.privacy import make_cpf

BODIES = st.integers(0, 999_999_999).filter(lambda number: len(set(f"{number:09}")) > 1)
CPFS = BODIES.map(make_cpf)
BETWEEN = st.text(" .-/\t\n\u00a0\u2009\u202f\u2010\u2011\u2013\u2212", max_size=3)
SCRIPTS = {
    "arabic": "\u0660",
    "devanagari": "\u0966",
    "full width": "\uff10",
    "mathematical": "\U0001d7ce",
    "superscript": None,
}
SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"


def in_script(digit: str, name: str) -> str:
    zero = SCRIPTS[name]
    return chr(ord(zero) + int(digit)) if zero else SUPERSCRIPTS[int(digit)]


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("529.982.247-25", "52998224725"),
        ("111.444.777-35", "11144477735"),
        ("52998224725", "52998224725"),
        ("  529 982 247 25\n", "52998224725"),
        ("529.982.247/25", "52998224725"),
        ("529\u00a0982\u202f247\u201125", "52998224725"),
        ("001.234.567-97", "00123456797"),
    ],
)
def test_punctuation_and_spaces_do_not_matter(typed, digits):
    assert normalise(typed) == digits


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "529.982.247-2",
        "529.982.247-255",
        "529.982.247-24",
        "529.982.247-52",
        "592.982.247-25",
        "529.982.247-2x",
        "529,982,247,25",
        "+52998224725",
        "0x52998224725",
        "5.2998224725e10",
        "52998224725\x00",
        "52998224725;",
        "\u200b52998224725",
    ],
)
def test_what_is_no_cpf_is_refused(typed):
    with pytest.raises(InvalidCpf):
        normalise(typed)


@pytest.mark.parametrize("digit", "0123456789")
def test_repeated_digits_are_refused_though_the_arithmetic_holds(digit):
    assert make_cpf(int(digit * 9)) == digit * 11
    with pytest.raises(InvalidCpf):
        normalise(digit * 11)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("place", range(11))
def test_digits_of_other_scripts_are_refused_wherever_they_stand(script, place):
    cpf = "52998224725"
    typed = cpf[:place] + in_script(cpf[place], script) + cpf[place + 1 :]
    with pytest.raises(InvalidCpf):
        normalise(typed)


@given(CPFS, st.lists(BETWEEN, min_size=12, max_size=12))
def test_every_cpf_is_taken_however_it_is_punctuated(cpf, between):
    typed = between[0] + "".join(digit + gap for digit, gap in zip(cpf, between[1:], strict=True))
    assert normalise(typed) == cpf
    assert normalise(normalise(typed)) == cpf


@given(CPFS, st.integers(1, 99))
def test_of_all_check_digits_one_pair_is_right(cpf, more):
    wrong = (int(cpf[9:]) + more) % 100
    with pytest.raises(InvalidCpf):
        normalise(f"{cpf[:9]}{wrong:02}")


@given(st.text(max_size=40))
def test_whatever_is_typed_the_answer_is_eleven_ascii_digits_or_a_refusal(typed):
    try:
        answer = normalise(typed)
    except InvalidCpf:
        return
    assert len(answer) == 11
    assert set(answer) <= set("0123456789")


def test_a_refusal_does_not_say_what_was_typed():
    with pytest.raises(InvalidCpf) as raised:
        normalise("529.982.247-24")
    assert str(raised.value) == "This is not a CPF."
    assert raised.value.__context__ is None


def test_staff_see_three_digits_and_no_check_digit():
    assert masked("529.982.247-25") == "***.***.247-**"
    with pytest.raises(InvalidCpf):
        masked("529")
