"""Questions and answers for machines."""

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from sites.pages import FaqPage
from theme import structured

register = template.Library()


@register.simple_tag
def faq_data(page: FaqPage) -> SafeString:
    """Return a page's questions in plain text, as schema.org has them; nothing without any."""
    pairs = [
        (block.value["question"], " ".join(strip_tags(block.value["answer"].source).split()))
        for block in page.questions
    ]
    return structured.script(structured.faq_page(pairs)) if pairs else SafeString()
