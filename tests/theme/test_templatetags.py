import pytest

from theme.enums import FRAME_ICONS, Icon
from theme.templatetags.theme import cnpj, digits, icon, phone


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+5591987654321", "(91) 98765-4321"),
        ("+559132234455", "(91) 3223-4455"),
        ("+351912345678", "+351912345678"),
    ],
)
def test_phone_is_written_as_in_brazil(number, written):
    assert phone(number) == written


def test_digits_are_what_whatsapp_takes():
    assert digits("+5591987654321") == "5591987654321"


@pytest.mark.parametrize(
    ("number", "written"),
    [("11222333000181", "11.222.333/0001-81"), ("123", "123"), ("", "")],
)
def test_cnpj_is_punctuated(number, written):
    assert cnpj(number) == written


@pytest.mark.parametrize("name", sorted({*Icon.values, *FRAME_ICONS}))
def test_icon_is_drawn_and_hidden_from_readers(name):
    svg = icon(name)

    assert svg.startswith("<svg")
    assert 'aria-hidden="true"' in svg


def test_icon_that_is_unknown_is_a_sparkle():
    assert icon("../base") == icon("") == icon(Icon.SPARKLE)
