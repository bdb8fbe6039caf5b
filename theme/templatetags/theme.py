"""Tags that put the frame's data, icons and block styles into templates."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from tenancy.store.keeping import changes_at, known
from theme import looks, palettes, selectors, share, structured
from theme.enums import FRAME_ICONS, Icon, Scheme, Theme
from theme.looks import LOOKS, Look
from theme.models import SiteImage, SiteSettings
from theme.pictures import is_complete, picture_of
from theme.sheets import own_sheet, site_sheet

register = template.Library()

BRAZIL = "+55"
MAKING = timedelta(minutes=1)
"""In which a picture's formats and widths are made, unless many wait for theirs."""
ICONS = FRAME_ICONS.union(Icon.values)


@register.simple_tag(takes_context=True)
def venue(context: template.Context) -> selectors.Venue | None:
    """Return the venue whose page is drawn."""
    return selectors.venue_of(context["request"])


@register.simple_tag(takes_context=True)
def trail(context: template.Context, page: Page | None) -> list[Page]:
    """Return the path to a page, from its home page: where there is no page, that alone."""
    return selectors.frame_of(context["request"], page).trail


@register.simple_tag(takes_context=True)
def menu(context: template.Context, page: Page | None) -> list[selectors.MenuLink]:
    """Return the links of the header's menu."""
    return selectors.frame_of(context["request"], page).menu


@register.simple_tag(takes_context=True)
def footer_menu(context: template.Context, page: Page | None) -> list[selectors.MenuGroup]:
    """Return the groups of links in the footer."""
    return selectors.frame_of(context["request"], page).footer


@register.simple_tag(takes_context=True)
def translations(context: template.Context, page: Page | None) -> list[Page]:
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


@register.tag
def kept(parser: template.base.Parser, token: template.base.Token) -> "KeptNode":
    """Draw what is the same on all pages of a site: `{% kept "quick" %}…{% endkept %}`.

    What is inside may show the venue and the language, nothing else of a page. For guests it is
    drawn once for a version of the content.
    """
    _tag, name = token.split_contents()
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name.strip("\"'"), nodes)


class KeptNode(template.Node):
    """Nodes that are drawn once for each of a tenant's sites and languages."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Return what is known, or else draw it."""
        request = context["request"]
        venue = selectors.venue_of(request)
        if venue is None:
            return self.nodelist.render(context)
        key = ("drawn", self.name, venue.property.pk, get_language())
        return known(request, key, lambda: self.nodelist.render(context))


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; one that is not known is a sparkle."""
    return _drawn(name if name in ICONS else Icon.SPARKLE.value)


@cache
def _drawn(name: str) -> SafeString:
    return render_to_string(f"theme/icons/{name}.svg")


@register.simple_tag(takes_context=True)
def photo(
    context: template.Context, image: SiteImage, sizes: str, is_first: bool = False
) -> SafeString:
    """Draw a picture in all its formats and widths; the first one of a page is hurried along.

    A page that shows one of which not all is made yet is drawn again a minute later.
    """
    hurry = {"fetchpriority": "high"} if is_first else {"loading": "lazy", "decoding": "async"}
    drawn = picture_of(image, {"sizes": sizes, **hurry})
    if (request := context.get("request")) and not is_complete(image):
        changes_at(request, timezone.now() + MAKING)
    return drawn


@register.simple_tag
def root_attributes(look: Look) -> SafeString:
    """Return the attributes of a page's root element by which style sheets know its look."""
    return format_html_join(
        " ", 'data-{}="{}"', ((name, value) for name, value in asdict(look).items())
    )


@register.simple_tag(takes_context=True)
def last_look(context: template.Context) -> Look:
    """Return the look of the host's property without asking the database."""
    request = context.get("request")
    return looks.last_look(request.get_host() if request else "")


@register.simple_tag
def site_style() -> str:
    """Return the address of the style sheet of all sites."""
    return reverse("site_style", args=[site_sheet().digest])


@register.simple_tag
def display_face(look: Look) -> str:
    """Return the address of the typeface of a look's titles."""
    return static(f"theme/fonts/{look.face}.woff2")


@register.simple_tag
def tab_icon(venue: selectors.Venue | None) -> SafeString:
    """Return the icon of a browser's tab as an address that holds it: nothing is asked for."""
    return _icon_address(not venue or venue.settings.is_icon_neutral)


@cache
def _icon_address(is_neutral: bool) -> SafeString:
    drawn = render_to_string(f"theme/tab/{'neutral' if is_neutral else 'own'}.svg")
    return mark_safe(f"data:image/svg+xml,{quote(drawn.strip(), safe='')}")  # noqa: S308 (quoted)


@register.simple_tag
def own_style(venue: selectors.Venue | None) -> str:
    """Return the address of a property's own style sheet, or "" when it changes nothing."""
    sheet = own_sheet(venue.settings) if venue else None
    return reverse("own_style", args=[sheet.digest]) if sheet else ""


@register.simple_tag
def grounds(look: Look) -> dict[str, str]:
    """Return the ground colour of a look by scheme, for the browser's own bars."""
    found = palettes.grounds(look.theme)
    return {scheme: colours[0] for scheme, colours in found.items()}


@register.simple_tag
def whatsapp_url(settings: SiteSettings) -> str:
    """Return the address that opens a chat, begun with words that give nothing away."""
    text = settings.whatsapp_text or _("Olá! Gostaria de uma informação, por favor.")
    return f"https://wa.me/{digits(settings.whatsapp)}?{urlencode({'text': text}, quote_via=quote)}"


@register.simple_tag
def map_url(venue: selectors.Venue) -> str:
    """Return the address of the property on a map."""
    place = f"{venue.property.name}, {venue.settings.address}"
    return f"https://www.google.com/maps/search/?{urlencode({'api': 1, 'query': place})}"


@register.simple_tag(takes_context=True)
def preview_look(context: template.Context) -> Look:
    """Return the look that a block's preview is asked for, or else the venue's."""
    asked = context["request"].GET
    venue = selectors.venue_of(context["request"])
    look = venue.look if venue else LOOKS[Theme.NIGHT]
    if asked.get("theme") in Theme.values:
        look = LOOKS[Theme(asked["theme"])]
    scheme = asked.get("scheme")
    return replace(look, scheme=scheme) if scheme in Scheme.values else look


@register.simple_tag
def sample_picture(theme: str, number: int | str) -> str:
    """Return the address of a picture that stands in a preview where editors put theirs."""
    family = "night" if theme == Theme.NIGHT else "clear"
    return static(f"theme/img/samples/{family}-{int(number or 0) % 3 + 1}.webp")


@register.simple_tag
def faq_data(questions: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write questions and answers, in plain text, as search engines read them."""
    pairs = [(each["question"], _plain(each["answer"].source)) for each in questions]
    return structured.script(structured.faq_page(pairs)) if pairs else SafeString()


def _plain(html: str) -> str:
    return unescape(" ".join(strip_tags(html).split()))


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
