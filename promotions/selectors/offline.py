"""Uses that were made without a network, as managers read them. Five queries, however many."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page
from django.db.models import Q

from promotions.enums import OfflineState
from promotions.models import Coupon, OfflineUse
from promotions.selectors.waiting import waiting_first
from suites.models import SuiteType
from tenancy.models import Property

OPEN = Q(state=OfflineState.CONFLICT, seen_at=None)


@dataclass(frozen=True)
class OfflineLine:
    """A use on the house's own clocks; "" for what is gone."""

    use: OfflineUse
    house: str
    coupon: str
    suite: str
    used_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it is a conflict of which nobody has taken note."""
        return self.use.state == OfflineState.CONFLICT and self.use.seen_at is None


def offline_uses(*, page: str | None = None) -> "Page[Any]":
    """Return a page of uses, the latest first: conflicts that nobody has seen, then the others."""
    told = OfflineUse.objects.all()
    return waiting_first(told, OPEN, latest="received_at", lines=_lines, page=page)


def _lines(uses: list[OfflineUse]) -> list[OfflineLine]:
    houses = Property.objects.in_bulk({each.property_id for each in uses})
    coupons = Coupon.objects.in_bulk({each.coupon_id for each in uses if each.coupon_id})
    types = SuiteType.objects.filter(slug__in={each.suite for each in uses})
    names = {(each.property_id, each.slug): each.name for each in types}
    found = []
    for each in uses:
        house = houses.get(each.property_id)
        found.append(
            OfflineLine(
                use=each,
                house=str(house or ""),
                coupon=str(coupons.get(each.coupon_id, "")),
                suite=names.get((each.property_id, each.suite), ""),
                used_at=each.used_at.astimezone(ZoneInfo(house.timezone) if house else None),
            )
        )
    return found
