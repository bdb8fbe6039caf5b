"""A CPF, the number by which Brazil knows a person: 9 digits, and 2 that check them."""

import re

from django.views.decorators.debug import sensitive_variables
from stdnum.br import cpf as arithmetic

SEPARATORS = dict.fromkeys(map(ord, " .-/\t\r\n\u00a0\u2009\u202f\u2010\u2011\u2012\u2013\u2212"))
"""What people and their keyboards put between the digits."""
DIGITS = re.compile(r"[0-9]{11}")
WRITTEN = re.compile(r"(?<![0-9])[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}[-/ ]?[0-9]{2}(?![0-9])")
REPEATED = {digit * 11 for digit in "0123456789"}
"""They pass the arithmetic, and are nobody's."""


class InvalidCpf(ValueError):
    """Not a CPF. It never says what was typed."""

    def __init__(self) -> None:
        super().__init__("This is not a CPF.")


@sensitive_variables()
def normalise(text: str) -> str:
    """Return a CPF as 11 ASCII digits, however it is punctuated; raise `InvalidCpf` for others.

    Digits of other scripts are refused: one person must have one spelling.
    """
    digits = text.translate(SEPARATORS)
    is_plain = DIGITS.fullmatch(digits) is not None and digits not in REPEATED
    if not (is_plain and arithmetic.is_valid(digits)):
        raise InvalidCpf
    return digits


@sensitive_variables()
def is_in(text: str) -> bool:
    """Say whether a CPF stands somewhere in a text, punctuated as people do it or not at all."""
    return any(_is_one(found.group()) for found in WRITTEN.finditer(text))


@sensitive_variables()
def masked(cpf: str) -> str:
    """Return a CPF as staff may see it: `***.***.247-**`.

    A million people have these three digits. The check digits are not shown, since they would
    tell of those that are hidden.
    """
    return f"***.***.{normalise(cpf)[6:9]}-**"


def _is_one(text: str) -> bool:
    try:
        normalise(text)
    except InvalidCpf:
        return False
    return True
