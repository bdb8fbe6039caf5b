"""The typefaces that browsers get, cut from the whole ones: `./run typefaces` writes them anew.

The first file of each holds what pages of this country are written with, and is asked for with
each page; the second holds the rest, and is asked for only by a page that has such a sign.
"""

from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from infra.local.checkout import ROOT
from infra.local.console import say

WHOLE = ROOT / "theme/typefaces"
SERVED = ROOT / "theme/static/theme/fonts"
COMMON = frozenset(
    "\u00a0 !\"$%&'()*+,-./0123456789:;?@"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    "ÁÂÃÀÇÉÊÍÑÓÔÕÚÜáâãàçéêíñóôõúü¡¿ªº°²·–—‘’“”…€"
)
"""What Portuguese, English and Spanish are written with, and prices, hours and addresses."""
FEATURES = ("kern", "liga", "tnum", "ccmp")
UNITS = 1000
"""Of an em: finer ones are bytes that no screen shows."""


def typefaces() -> int:
    """Write both files of each typeface, and say how large they are."""
    for source in sorted(WHOLE.glob("*.woff2")):
        signs = signs_of(source)
        for name, part in ((source.stem, signs & COMMON), (f"{source.stem}-rest", signs - COMMON)):
            written = _cut(source, part)
            (SERVED / f"{name}.woff2").write_bytes(written)
            say(f"{name}.woff2: {len(part)} signs, {len(written)} bytes")
    return 0


def signs_of(typeface: Path) -> frozenset[str]:
    """Return what a typeface's file can draw."""
    return frozenset(map(chr, TTFont(typeface).getBestCmap()))


def _cut(source: Path, signs: frozenset[str]) -> bytes:
    font = TTFont(source, recalcTimestamp=False)
    if font["head"].unitsPerEm > UNITS:
        scale_upem(font, UNITS)
    options = Options(
        layout_features=list(FEATURES), hinting=False, notdef_outline=False, name_IDs=[1, 2]
    )
    options.drop_tables += ["STAT", "HVAR", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(signs))
    subsetter.subset(font)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()
