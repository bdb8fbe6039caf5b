"""What `css/tokens.css` says, for code that must know it: its grounds are written once, there."""

import re
from functools import cache
from pathlib import Path

from theme.enums import Scheme

STYLES = Path(__file__).parent / "static/theme/css"
GROUNDS = re.compile(r"--ground(?:-raised)?: light-dark\((#\w{6}), (#\w{6})\);")
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
