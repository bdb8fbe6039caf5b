"""Tags that put the frame's data, icons and block styles into templates."""

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.models import Page

from theme import selectors, share, structured
from theme.enums import FRAME_ICONS, Icon

register = template.Library()

BRAZIL = "+55"
ICONS = FRAME_ICONS.union(Icon.values)


@register.simple_tag(takes_context=True)
def venue(context: template.Context) -> selectors.Venue | None:
    """Return the venue whose page is drawn."""
    return selectors.venue_of(context["request"])


@register.simple_tag(takes_context=True)
def trail(context: template.Context, page: Page) -> list[Page]:
    """Return the path to a page, from its home page."""
    return selectors.frame_of(context["request"], page).trail


@register.simple_tag(takes_context=True)
def menu(context: template.Context, page: Page) -> list[selectors.MenuLink]:
    """Return the links of the header's menu."""
    return selectors.frame_of(context["request"], page).menu


@register.simple_tag(takes_context=True)
def footer_menu(context: template.Context, page: Page) -> list[selectors.MenuGroup]:
    """Return the groups of links in the footer."""
    return selectors.frame_of(context["request"], page).footer


@register.simple_tag(takes_context=True)
def translations(context: template.Context, page: Page) -> list[Page]:
    """Return a page's published versions in all languages."""
    return selectors.frame_of(context["request"], page).versions


@register.simple_tag(takes_context=True)
def share_picture(context: template.Context, page: Page) -> str:
    """Return the full address of the picture that goes with a page's link; none for a new page."""
    venue = selectors.venue_of(context["request"])
    if venue is None or not page.pk:
        return ""
    return f"{venue.property.site.root_url}{share.path_of(page, venue)}"


@register.simple_tag(takes_context=True)
def breadcrumbs(context: template.Context, page: Page) -> SafeString:
    """Tell machines where a page is; a home page is nowhere else."""
    trail = selectors.frame_of(context["request"], page).trail
    steps = [(each.title, each.get_full_url(context["request"]) or "") for each in trail]
    return structured.script(structured.breadcrumb_list(steps)) if len(steps) > 1 else SafeString()


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
    streams = [value for value in vars(page).values() if isinstance(value, StreamValue)]
    blocks = [block for stream in streams for block in stream]
    drawn = (each for each in blocks if getattr(each.block.meta, "template", None))
    names = {each.block_type for each in drawn} | {*others}
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((block_style(name),) for name in sorted(names)),
    )


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
