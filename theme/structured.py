"""Facts for machines (JSON-LD), in blocks of data that a strict policy lets stand in a page."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""What could end the element, or begin another."""


def script(data: dict[str, Any]) -> SafeString:
    """Return an element with a node of schema.org's vocabulary."""
    whole = {"@context": "https://schema.org", **data}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    safe = mark_safe(text.translate(ESCAPES))  # noqa: S308 (escaped above)
    return format_html('<script type="application/ld+json">{}</script>', safe)


def breadcrumb_list(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the way to a page: names and addresses, from the home page down."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }


def faq_page(answers: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return questions and answers in plain text."""
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
            for question, answer in answers
        ],
    }
