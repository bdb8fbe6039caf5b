"""What a guest wrote, and what Google made of it: one text holds both.

Two shapes are seen: “(Translated by Google) T (Original) O”, and “O (Translated by Google) T”.
The marks are written in the language of whoever asks.
"""

import re
from typing import NamedTuple

TRANSLATED = "|".join(
    re.escape(mark)
    for mark in (
        "(Translated by Google)",
        "(Traduzido pelo Google)",
        "(Traducido por Google)",
        "(Traducción de Google)",
    )
)
ORIGINAL = "|".join(re.escape(mark) for mark in ("(Original)", "(Texto original)"))
BEFORE = re.compile(rf"\s*(?:{TRANSLATED})(?P<translation>.*?)(?:{ORIGINAL})(?P<original>.*)", re.S)
AFTER = re.compile(rf"(?P<original>.*?)^[ \t]*(?:{TRANSLATED})(?P<translation>.*)", re.S | re.M)


class Told(NamedTuple):
    """What the person wrote, and Google's translation, "" where there is none."""

    original: str
    translation: str = ""


def opened(text: str) -> Told:
    """Return what is in a text; all of it is the original where it is no envelope.

    The first mark of each kind counts, and nothing behind it is cut. Where nothing would be left
    of the original, the whole text stays.
    """
    for shape in (BEFORE, AFTER):
        if match := shape.fullmatch(text):
            original = match["original"].strip()
            return Told(original, match["translation"].strip()) if original else Told(text)
    return Told(text)
