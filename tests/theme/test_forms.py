import pytest

from theme.forms import ReaisInput


@pytest.mark.parametrize(
    ("centavos", "shown"),
    [(7600, "76,00"), (7650, "76,50"), (110000, "1.100,00"), ("7650", "76,50"), (None, None)],
)
def test_reais_input_shows_reais(centavos, shown):
    assert ReaisInput().format_value(centavos) == shown


@pytest.mark.parametrize(
    ("typed", "centavos"),
    [
        ("76", 7600),
        ("76,50", 7650),
        ("1.100", 110000),
        ("R$ 1.100,05", 110005),
        ("1100,00", 110000),
    ],
)
def test_reais_input_takes_reais(typed, centavos):
    assert ReaisInput().value_from_datadict({"price": typed}, {}, "price") == centavos


@pytest.mark.parametrize("typed", ["76.50", "76,5", "muito", "-1", ""])
def test_reais_input_leaves_what_it_does_not_understand(typed):
    widget = ReaisInput()

    assert widget.value_from_datadict({"price": typed}, {}, "price") == typed
