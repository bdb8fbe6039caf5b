"""Codes of coupons: how they are written, made, and checked before anybody looks them up.

A code that is made has symbols drawn at random and a check symbol, after a prefix that somebody
chose. Drawn ones are of 31: none looks like another, so there is no 0 or O, and no 1, I or L.
Ten of them have 49 bits: among a million codes that are alive, who tries ten a second for a month
is to expect 0.03 hits; eight would give thirty. The check symbol is that of ISO 7064, MOD 37-2,
over the whole code, prefix included.
"""

import unicodedata
from math import log2
from random import Random
from secrets import SystemRandom
from string import ascii_uppercase, digits

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_2

LOOK_ALIKES = frozenset("01OIL")
WRITTEN = frozenset(digits + ascii_uppercase)
ALPHABET = "".join(sorted(WRITTEN - LOOK_ALIKES))
SYMBOLS = 10
GROUP = 4
TRIES = 10 * 60 * 60 * 24 * 30
"""How often somebody tries who is patient: ten times a second, for a month."""
MOST_HITS = 0.05
"""So many codes such a person may expect to find."""


def normalise(text: str) -> str:
    """Return a code as it is kept: capitals and digits, without accents, spaces and hyphens.

    Look-alikes stay as they are: of 0 and O a drawn code has neither, and a prefix may have both,
    so nobody can know which one was meant. Other signs stay too, and make the code unknown.
    """
    letters = unicodedata.normalize("NFKD", text).upper()
    return "".join(each for each in letters if not _is_left_out(each))


def check_symbol(code: str) -> str | None:
    """Return the symbol that goes behind a code; None if it would be no good one to read."""
    symbol: str = mod_37_2.calc_check_digit(code)
    return symbol if symbol in ALPHABET else None


def is_well_formed(code: str, symbols: int = SYMBOLS) -> bool:
    """Return whether a normalised code can have been made by `generate`.

    One with a wrong symbol, or with two neighbours swapped, never is.
    """
    drawn = code[-symbols - 1 :]
    if len(drawn) <= symbols or not set(drawn) <= set(ALPHABET) or not set(code) <= WRITTEN:
        return False
    try:
        mod_37_2.validate(code)
    except ValidationError:
        return False
    return True


def generate(prefix: str = "", symbols: int = SYMBOLS, random: Random | None = None) -> str:
    """Return a new code, normalised: the prefix, symbols drawn at random, the check symbol.

    Six draws of 37 are drawn again, as their check symbol would look like another one.
    """
    source = random or SystemRandom()
    while True:
        drawn = normalise(prefix) + "".join(source.choice(ALPHABET) for _each in range(symbols))
        if check := check_symbol(drawn):
            return drawn + check


def entropy(symbols: int = SYMBOLS) -> float:
    """Return the bits of a code with so many drawn symbols."""
    return symbols * log2(len(ALPHABET)) - log2((len(WRITTEN) + 1) / len(ALPHABET))


def expected_hits(alive: int, symbols: int = SYMBOLS) -> float:
    """Return how many codes somebody finds who guesses, of so many that are alive."""
    return float(TRIES * alive / 2 ** entropy(symbols))


def symbols_for(alive: int) -> int:
    """Return how many symbols to draw for codes of which so many are to be alive."""
    symbols = SYMBOLS
    while expected_hits(alive, symbols) > MOST_HITS:
        symbols += 1
    return symbols


def display(code: str, prefix: str = "") -> str:
    """Return a code as people read it: the prefix, then groups of four, with hyphens."""
    begin = normalise(prefix)
    if not code.startswith(begin):
        begin = ""
    rest = code[len(begin) :]
    groups = [rest[start : start + GROUP] for start in range(0, len(rest), GROUP)]
    return "-".join([begin, *groups] if begin else groups)


def _is_left_out(symbol: str) -> bool:
    is_mark = unicodedata.category(symbol) in {"Mn", "Cf"}  # accents; what is not seen
    is_hyphen = unicodedata.category(symbol) == "Pd"
    return is_mark or is_hyphen or symbol.isspace()
