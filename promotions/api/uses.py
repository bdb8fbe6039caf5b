"""What the API says of uses of coupons."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from promotions.api.schemas import DiscountOut, ReservationOut, UseOut
from promotions.enums import UseState
from promotions.services import UseFacts
from suites.api.money import money
from tenancy.api.houses import houses
from tenancy.models import Property


def use_out(use: UseFacts, *, state: UseState) -> UseOut:
    """Return a use as a step left it, whatever has become of it since: repeated calls get this."""
    return UseOut(**_facts(use, _house_of(use), state))


def reservation_out(use: UseFacts) -> ReservationOut:
    """Return a use as it was when it was reserved."""
    house = _house_of(use)
    expires_at = _local(use.expires_at or use.created_at, house)
    return ReservationOut(**_facts(use, house, UseState.HELD), expires_at=expires_at)


def _facts(use: UseFacts, house: Property | None, state: UseState) -> dict[str, Any]:
    return {
        "id": use.id,
        "state": state,
        "property": house.slug if house else None,
        "promotion_id": use.rule_id,
        "price": money(use.price_centavos),
        "discount": DiscountOut(
            amount=money(use.discount_centavos),
            hours=use.gives.get("hours", 0),
            courtesy=use.gives.get("courtesy", ""),
        ),
        "beside": money(use.beside_centavos),
        "total": money(use.price_centavos - use.off_centavos),
        "created_at": _local(use.created_at, house),
    }


def _house_of(use: UseFacts) -> Property | None:
    """Return the property of a use, which may be gone: uses are kept."""
    return next((house for house in houses() if house.pk == use.property_id), None)


def _local(at: datetime, house: Property | None) -> datetime:
    return at.astimezone(ZoneInfo(house.timezone if house else settings.TIME_ZONE))
