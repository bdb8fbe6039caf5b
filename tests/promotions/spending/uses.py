"""Uses of coupons that exist in meters and ledger alone: nothing else is asked of them."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from promotions.rules.limits import Limits, Use, wants
from promotions.spending import NewUse, take
from tests.factories.coupons import NOON

TTL = timedelta(minutes=15)


@dataclass(frozen=True)
class Shop:
    """A coupon, its one code, and its limits."""

    limits: Limits
    code_id: UUID = field(default_factory=uuid4)
    property_id: UUID = field(default_factory=uuid4)

    def use(
        self,
        *,
        at: datetime = NOON,
        is_held: bool = True,
        subject_id: UUID | None = None,
        property_id: UUID | None = None,
        **fields: Any,
    ) -> NewUse:
        return NewUse(
            **{
                "id": uuid4(),
                "coupon_id": self.limits.coupon_id,
                "code_id": self.code_id,
                "rule_id": self.limits.rule_id,
                "property_id": property_id or self.property_id,
                "price_centavos": 10_000,
                "discount_centavos": 1000,
                "digest": "d",
                "at": at,
                "expires_at": at + TTL if is_held else None,
                "subject_id": subject_id,
                **fields,
            }
        )

    def take(self, use: NewUse) -> list[str]:
        """Take all that the use wants; return the keys of the limits that are reached."""
        wanted = Use(
            code_id=use.code_id,
            property_id=use.property_id,
            day=use.at.date(),
            discount_centavos=use.discount_centavos,
            subject_id=use.subject_id,
        )
        return [want.key for want in take(use, wants(self.limits, wanted))]


def shop(**limits: Any) -> Shop:
    """Return a coupon that nobody has used, with those limits."""
    return Shop(Limits(**{"coupon_id": uuid4(), "rule_id": uuid4(), **limits}))


def changed(counter: Shop, **limits: int) -> Shop:
    """Return the same coupon with other limits."""
    return replace(counter, limits=replace(counter.limits, **limits))
