"""What is answered: refusals are values, too. Exceptions are for what is wrong."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from promotions.enums import UseState
from promotions.models import CouponUse
from promotions.rules.effects import Benefit, Discount
from promotions.rules.eligibility import Check, Finding
from promotions.rules.stacking import Offer


class KeyReused(Exception):
    """An idempotency key came again with another request (422)."""


@dataclass(frozen=True)
class UseFacts:
    """A use of a coupon, as it stands."""

    id: UUID
    coupon_id: UUID
    rule_id: UUID
    property_id: UUID
    state: UseState
    price_centavos: int
    discount_centavos: int
    beside_centavos: int
    gives: dict[str, Any]
    created_at: datetime
    expires_at: datetime | None

    @property
    def off_centavos(self) -> int:
        """All that is taken off: the coupon's discount, and what goes beside it."""
        return self.discount_centavos + self.beside_centavos

    @classmethod
    def of(cls, row: CouponUse) -> "UseFacts":
        return cls(
            id=row.pk,
            coupon_id=row.coupon_id,
            rule_id=row.rule_id,
            property_id=row.property_id,
            state=UseState(row.state),
            price_centavos=row.price_centavos,
            discount_centavos=row.discount_centavos,
            beside_centavos=row.beside_centavos,
            gives=row.gives,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )


@dataclass(frozen=True)
class Valid:
    """The coupon could be used: what it would give. Nothing is kept for anybody.

    `beside` are the promotions without a code that would go with it, and take `beside_centavos` off
    together.
    """

    coupon_id: UUID
    rule_id: UUID
    benefit: Benefit
    discount: Discount
    price_centavos: int
    beside: tuple[Offer, ...] = ()
    beside_centavos: int = 0
    evaluated: tuple[Check | str, ...] = ()

    @property
    def off_centavos(self) -> int:
        """All that would be taken off."""
        return self.discount.centavos + self.beside_centavos


@dataclass(frozen=True)
class Refused:
    """The coupon cannot be used, and why: every reason, with when it would hold again."""

    findings: tuple[Finding, ...]
    evaluated: tuple[Check | str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """A use has been written. `is_repeated`: by an earlier request with the same key."""

    use: UseFacts
    is_repeated: bool = False


@dataclass(frozen=True)
class Done:
    """A step was done. `is_repeated`: it had been done before."""

    use: UseFacts
    is_repeated: bool = False


@dataclass(frozen=True)
class Impossible:
    """A step cannot be done, because of the state in which the use is; None: there is none."""

    state: UseState | None
