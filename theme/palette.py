"""A theme's colours and typefaces outside the browser, read from `css/tokens.css`."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "theme"
TOKENS = STATIC / "css" / "tokens.css"

RGB = tuple[int, int, int]

OKLCH = r"oklch\((?P<lightness>[\d.]+) (?P<chroma>[\d.]+) (?P<hue>[\d.]+)\)"


@dataclass(frozen=True)
class Palette:
    """What drawing in a theme's colours and letters needs."""

    ground: RGB
    ground_raised: RGB
    ink: RGB
    ink_soft: RGB
    accent: RGB
    accent_deep: RGB
    display: Path
    optical_size: int


@lru_cache
def palette_of(theme: str) -> Palette:
    """Return a theme's palette; raise `LookupError` if the tokens lack something."""
    css = TOKENS.read_text(encoding="utf-8")
    block = _first(rf'\[data-theme="{re.escape(theme)}"\]\s*{{(.*?)}}', css)
    names = ("ground", "ground_raised", "ink", "ink_soft", "accent", "accent_deep")
    colours = {name: _colour(block, name.replace("_", "-")) for name in names}
    return Palette(
        **colours,
        display=font_file(_first(r'--display: "([^"]+)"', block)),
        optical_size=int(_first(r'--display-variation: "opsz" (\d+)', block)),
    )


@lru_cache
def font_file(family: str) -> Path:
    """Return the file of a typeface that the tokens declare."""
    css = TOKENS.read_text(encoding="utf-8")
    source = rf'font-family: "{re.escape(family)}";\s*src: url\("\.\./([^"]+)"\)'
    return STATIC / _first(source, css)


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    if found is None:
        raise LookupError(f"tokens.css has no {pattern}")
    return found[1]


def _colour(block: str, name: str) -> RGB:
    found = re.search(rf"--{name}: {OKLCH};", block)
    if found is None:
        raise LookupError(f"tokens.css has no plain colour --{name}")
    return rgb(*(float(found[part]) for part in ("lightness", "chroma", "hue")))


def rgb(lightness: float, chroma: float, hue: float) -> RGB:
    """Return an OKLCH colour in sRGB, clipped to what screens have (CSS Color 4, section 8)."""
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _gamma(linear: float) -> int:
    value = min(max(linear, 0.0), 1.0)
    curved = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(255 * curved)
