"""What a promotion's page says, for search engines: schema.org in JSON-LD."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from promotions.rules.spans import Phase, phase_at
from promotions.selectors import Promotion
from promotions.sentences import benefit_text
from theme.selectors import Venue


def offer(
    promotion: Promotion, venue: Venue, *, at: datetime, request: HttpRequest
) -> dict[str, Any] | None:
    """Return the offer that a page tells of; None if it is over."""
    page, dates = promotion.page, promotion.dates
    if phase_at([dates], at) is Phase.OVER:
        return None
    root = venue.property.site.root_page.get_full_url(request)
    given = benefit_text(promotion.rule.benefit) if promotion.rule else ""
    node = {
        "@type": "Offer",
        "name": page.title,
        "description": page.intro or given,
        "url": page.get_full_url(request),
        "validFrom": dates.starts_at and dates.starts_at.isoformat(),
        "validThrough": dates.ends_at and dates.ends_at.isoformat(),
        "offeredBy": {"@type": "LodgingBusiness", "name": venue.property.name, "url": root},
    }
    return {key: value for key, value in node.items() if value}
