"""What `css/tokens.css` says, for code that must know it: its grounds are written once, there."""

import math
import re
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from theme import rules
from theme.enums import Scheme

STYLES = Path(__file__).parent / "static/theme/css"
GROUNDS = re.compile(r"--ground(?:-raised)?: light-dark\((#\w{6}), (#\w{6})\);")
COLOUR = re.compile(r"^#[0-9A-Fa-f]{6}\Z")
SCHEMES = (Scheme.LIGHT, Scheme.DARK)


@cache
def grounds(theme: str) -> dict[str, tuple[str, ...]]:
    """Return the colours that a theme's text stands on, by scheme; the page's own comes first."""
    sheet = (STYLES / "tokens.css").read_text(encoding="utf-8")
    rule = sheet.split(f'[data-theme="{theme}"] {{', 1)[1].split("}", 1)[0]
    pairs = GROUNDS.findall(rule)
    return {
        scheme.value: tuple(pair[place] for pair in pairs) for place, scheme in enumerate(SCHEMES)
    }


def why_illegible(accent: str, theme: str, scheme: str) -> str:
    """Return why an accent, #rrggbb, cannot be read in a theme's scheme, or ""."""
    ratio = rules.weakest_contrast(accent, grounds(theme)[scheme])
    if ratio >= rules.TEXT_CONTRAST:
        return ""
    message = (
        _("O contraste com o fundo escuro do tema é %(is)s; precisa de %(must)s: clareie a cor.")
        if scheme == Scheme.DARK
        else _("O contraste com o fundo claro do tema é %(is)s; precisa de %(must)s: escureça-a.")
    )
    return message % {"is": _written(ratio), "must": _written(rules.TEXT_CONTRAST)}


def _written(ratio: float) -> str:
    """Write a ratio rounded down, so that what fails never reads like what passes."""
    return f"{math.floor(ratio * 10) / 10:.1f}:1".replace(".", ",")
