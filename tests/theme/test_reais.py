"""Amounts as people in Brazil write them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from theme.reais import MAX_CENTAVOS, ReaisField, ReaisInput, read_reais


@pytest.mark.parametrize(
    ("typed", "centavos"),
    [
        ("76", 7600),
        ("89,90", 8990),
        ("0,50", 50),
        ("1.100", 110000),
        ("1.234,56", 123456),
        ("1234,56", 123456),
        ("123.456,00", 12345600),
        ("R$ 89", 8900),
        ("r$89,90", 8990),
        ("R$\N{NO-BREAK SPACE}1.100,05", 110005),
        ("  89,90\t", 8990),
        ("-3", -300),
    ],
)
def test_brazilian_writing_is_read(typed, centavos):
    assert read_reais(typed) == centavos


@pytest.mark.parametrize(
    "typed",
    [
        *("12.0", "12.00", "89.90", "12.", "12,", ",50", "12,0", "12,000"),
        *("1,234.5", "1,234.56", "1,234", "1.23", "1.2345", "12.34,50", "0.123", "1.100.00"),
        *("1_000", "1e3", "٨٩", "89 90", "1 234,50", "US$ 89", "89 reais", "R$", "--3", "+3"),
        *("muito", "", "9" * 5000),
    ],
)
def test_what_could_be_another_amount_is_not_read(typed):
    assert read_reais(typed) is None


@given(st.integers(0, MAX_CENTAVOS))
def test_what_is_shown_is_read_as_the_same(centavos):
    assert read_reais(ReaisInput().format_value(centavos) or "") == centavos


@pytest.mark.parametrize(
    ("value", "shown"),
    [(7600, "76,00"), (7650, "76,50"), (110000, "1.100,00"), ("76", "76"), ("12.0", "12.0")],
)
def test_input_shows_centavos_as_reais_and_what_was_typed_as_it_was(value, shown):
    assert ReaisInput().format_value(value) == shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12.0", "com vírgula antes dos centavos"),
        ("1,234.5", "com vírgula antes dos centavos"),
        ("0", "maior que zero"),
        ("-3", "maior que zero"),
        ("1.000.000,01", "um milhão"),
        ("999.999.999.999", "um milhão"),
    ],
)
def test_field_says_in_portuguese_what_is_wrong(typed, said):
    with translation.override("pt-br"), pytest.raises(ValidationError) as refused:
        ReaisField(min_value=1).clean(typed)

    [message] = refused.value.messages
    assert said in message


@pytest.mark.parametrize(("given", "kept"), [("89,90", 8990), (8990, 8990), ("", None)])
def test_field_keeps_centavos(given, kept):
    assert ReaisField(required=False).clean(given) == kept
