"""The style sheets that pages link: one for all sites, and a property's own few lines.

See docs/adr/0024: guests fetch every style once, at an address that names its content.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property

from django.conf import settings
from django.templatetags.static import static

from theme import rules
from theme.models import SiteSettings
from theme.palettes import SCHEMES, STYLES

FIRST = ("tokens", "base", "pieces", "header", "footer", "quick")
NOT_FOR_GUESTS = re.compile(r"/\*.*?\*/|^\s+|\n(?=\n)", re.DOTALL | re.MULTILINE)
"""Comments, indents and empty lines."""
ASSET = re.compile(r'url\("\.\./([^"]+)"\)')


@dataclass(frozen=True)
class Sheet:
    """A style sheet, known by its content."""

    text: str

    @cached_property
    def digest(self) -> str:
        """What tells this content from any other, in an address."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def site_sheet() -> Sheet:
    """Return all style sheets of `css/` as one: what pages share, blocks, then the rest.

    They are read once, as templates are; while debugging, whenever a page is drawn.
    """
    if settings.DEBUG:
        _joined.cache_clear()
    return _joined()


@cache
def _joined() -> Sheet:
    first = [STYLES / f"{name}.css" for name in FIRST]
    blocks = sorted((STYLES / "blocks").glob("*.css"))
    rest = sorted(path for path in STYLES.glob("*.css") if path not in first)
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*first, *blocks, *rest))
    text = NOT_FOR_GUESTS.sub("", text)
    return Sheet(ASSET.sub(lambda found: f'url("{static("theme/" + found[1])}")', text))


def own_sheet(settings: SiteSettings) -> Sheet | None:
    """Return what a property's settings change in its theme's tokens, or None."""
    lines = []
    for scheme in SCHEMES:
        if accent := settings.accent(scheme):
            lines.append(f"--accent-{scheme.value}: {accent};")
            lines.append(f"--on-accent-{scheme.value}: {rules.ink_on(accent)};")
    return Sheet(f":root[data-theme] {{ {' '.join(lines)} }}\n") if lines else None
