"""What `css/tokens.css` says, for code that must know it: its grounds are written once, there."""

import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from theme import rules
from theme.enums import Scheme

HERE = Path(__file__).parent
STYLES = HERE / "static/theme/css"
TYPEFACES = HERE / "typefaces"
"""The whole ones; browsers get what `./run typefaces` cuts from them."""
GROUNDS = re.compile(r"--ground(?:-raised)?: light-dark\((#\w{6}), (#\w{6})\);")
PAIRS = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
COLOUR = re.compile(r"^#[0-9A-Fa-f]{6}\Z")
SCHEMES = (Scheme.LIGHT, Scheme.DARK)


@dataclass(frozen=True)
class Palette:
    """A theme's colours in one scheme, each #rrggbb."""

    ground: str
    ink: str
    ink_soft: str
    accent: str
    accent_deep: str


@dataclass(frozen=True)
class Lettering:
    """How headings are set in a typeface."""

    file: Path
    weight: int
    is_upper: bool


@cache
def palette_of(theme: str, scheme: str) -> Palette:
    """Return a theme's colours, for drawing them outside the browser."""
    rule = _rule("theme", theme)
    pairs = {name: pair for name, *pair in PAIRS.findall(rule)}
    place = SCHEMES.index(Scheme(scheme))
    names = ("ground", "ink", "ink-soft", "accent-deep")
    colours = {name.replace("-", "_"): pairs[name][place] for name in names}
    return Palette(**colours, accent=_value(rule, f"accent-{scheme}"))


@cache
def lettering_of(face: str) -> Lettering:
    """Return how a typeface is used for headings."""
    rule = _rule("face", face)
    weight = int(_value(rule, "display-weight"))
    is_upper = _value(rule, "display-case") == "uppercase"
    return Lettering(TYPEFACES / f"{face}.woff2", weight, is_upper)


def _rule(attribute: str, value: str) -> str:
    sheet = (STYLES / "tokens.css").read_text(encoding="utf-8")
    return sheet.split(f'[data-{attribute}="{value}"] {{', 1)[1].split("}", 1)[0]


def _value(rule: str, name: str) -> str:
    return rule.split(f"--{name}: ", 1)[1].split(";", 1)[0]


@cache
def grounds(theme: str) -> dict[str, tuple[str, ...]]:
    """Return the colours that a theme's text stands on, by scheme; the page's own comes first."""
    pairs = GROUNDS.findall(_rule("theme", theme))
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
