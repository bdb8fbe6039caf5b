"""What templates ask about what guests send."""

from typing import Any

from django import template

from theme.selectors import venue_of
from ugc.forms import GuestForm

register = template.Library()


@register.simple_tag(takes_context=True)
def guest_form(context: dict[str, Any]) -> GuestForm:
    """Return the empty form of the page's venue."""
    venue = venue_of(context["request"])
    return GuestForm(house=venue.property.name if venue else "")
