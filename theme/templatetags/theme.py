"""Tags that put the frame's data, icons and block styles into templates."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import BoundBlock
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from theme import selectors
from theme.enums import FRAME_ICONS, Icon, Theme
from theme.styles import block_types_in, block_types_of

register = template.Library()

BRAZIL = "+55"
ICONS = FRAME_ICONS.union(Icon.values)
SCRIPT_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


@register.simple_tag(takes_context=True)
def venue(context: template.Context) -> selectors.Venue | None:
    """Return the venue whose page is drawn."""
    return selectors.venue_of(context["request"])


@register.simple_tag
def trail(page: Page) -> list[Page]:
    """Return the path to a page, from its home page."""
    return selectors.trail_of(page)


@register.simple_tag
def menu(home: Page) -> list[Page]:
    """Return the entries of a home page's menu."""
    return selectors.menu_of(home)


@register.simple_tag
def translations(page: Page) -> list[Page]:
    """Return a page's published versions in all languages."""
    return selectors.translations_of(page)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; one that is not known is a sparkle."""
    known = name if name in ICONS else Icon.SPARKLE.value
    return render_to_string(f"theme/icons/{known}.svg")


@register.simple_tag
def block_style(name: str) -> str:
    """Return the address of a block's style sheet."""
    return static(f"theme/css/blocks/{name}.css")


@register.simple_tag
def block_styles(page: Page, *others: str) -> SafeString:
    """Link the style sheets of the blocks that a page uses, and of those named beside it."""
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((block_style(name),) for name in sorted(block_types_of(page) | {*others})),
    )


@register.simple_tag
def block_preview_styles(block: BoundBlock) -> SafeString:
    """Link the style sheets of a block drawn alone, and of those in it."""
    names = {block.block.name, *block_types_in(block.block, block.value)}
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((block_style(name),) for name in sorted(names))
    )


@register.simple_tag(takes_context=True)
def preview_theme(context: template.Context) -> str:
    """Return the theme that a block's preview is asked for, or else the venue's."""
    asked = context["request"].GET.get("theme")
    shown = selectors.venue_of(context["request"])
    own = shown.settings.theme if shown else Theme.NIGHT
    return str(asked if asked in Theme.values else own)


@register.simple_tag
def sample_picture(theme: str, number: int | str) -> str:
    """Return the address of a picture that stands in a preview where editors put theirs."""
    family = "clear" if theme == Theme.CLEAR else "night"
    return static(f"theme/img/samples/{family}-{int(number or 0) % 3 + 1}.webp")


@register.simple_tag
def faq_data(questions: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write questions and answers as search engines read them."""
    entries = [
        {
            "@type": "Question",
            "name": entry["question"],
            "acceptedAnswer": {"@type": "Answer", "text": expand_db_html(entry["answer"].source)},
        }
        for entry in questions
    ]
    data = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entries}
    text = json.dumps(data, ensure_ascii=False).translate(SCRIPT_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped just now)


@register.filter
def phone(number: str) -> str:
    """Write an E.164 number as people in Brazil do; a foreign one stays as it is."""
    if not number.startswith(BRAZIL) or len(number) not in (13, 14):
        return number
    area, local = number[3:5], number[5:]
    return f"({area}) {local[:-4]}-{local[-4:]}"


@register.filter
def digits(number: str) -> str:
    """Keep an E.164 number's digits: the form that wa.me takes."""
    return number.removeprefix("+")


@register.filter
def cnpj(number: str) -> str:
    """Write a company's 14 characters with the usual punctuation."""
    if len(number) != 14:
        return number
    return f"{number[:2]}.{number[2:5]}.{number[5:8]}/{number[8:12]}-{number[12:]}"


@register.filter
def money(centavos: int) -> str:
    """Write centavos of a real in the active language, cents only where there are some."""
    decimals = 2 if centavos % 100 else 0
    amount = number_format(
        Decimal(centavos) / 100, decimal_pos=decimals, use_l10n=True, force_grouping=True
    )
    return f"R$\N{NO-BREAK SPACE}{amount}"
