"""What is asked of a coupon."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from promotions.rules.codes import normalise
from promotions.rules.effects import Bill
from promotions.rules.stacking import Offer
from tenancy.context import require_tenant_id
from tenancy.models import Property

NAMESPACE = UUID("5d2c1d5e-6b0e-4f53-9c57-3a9a4d1f1c0a")
"""Of the ids that are derived from idempotency keys."""


@dataclass(frozen=True)
class Ask:
    """A code, and the stay for which it is to be used, as of `at`.

    What is not known of the stay is None. `holder` is what tells the person from others, as they
    wrote it: it is never shown, kept or logged. `holder_kind` is the registered name of what it is;
    None is whatever the coupon asks for. `is_stranger` is whoever may not learn which codes
    exist: all but a property's own staff. `automatic` are promotions that hold without a code:
    those that combine with the coupon's go beside it; they tell no requests apart.
    `wording` is the request without the holder, where the rest is worked out from it: what comes
    again is then the same, even if prices have turned.
    """

    code: str
    at: datetime
    house: Property
    bill: Bill
    suite_type_id: UUID | None = None
    stay_id: UUID | None = None
    minutes: int | None = None
    arrival: datetime | None = None
    holder: str | None = field(default=None, repr=False)
    holder_kind: str | None = None
    automatic: tuple[Offer, ...] = ()
    is_stranger: bool = True
    wording: str = ""

    @property
    def written(self) -> str:
        """The code as codes are kept."""
        return normalise(self.code)

    def stay(self) -> dict[str, str | int | None]:
        """Return what is kept of the stay."""
        return {
            "suite_type": str(self.suite_type_id) if self.suite_type_id else None,
            "stay": str(self.stay_id) if self.stay_id else None,
            "minutes": self.minutes,
            "arrival": self.arrival.isoformat() if self.arrival else None,
        }


@dataclass(frozen=True)
class Request:
    """By which request something is done, and by whom: "guest", "user:<id>", "device:<id>"."""

    key: str
    actor: str = ""

    def id(self, verb: str) -> UUID:
        """Return the id of what the request writes, which it can write only once."""
        return uuid5(NAMESPACE, f"{require_tenant_id()}:{verb}:{self.key}")


def digest_of(ask: Ask, subject_id: UUID | None) -> str:
    """Return what tells a repeated request from another: all that it asks, but not when.

    The person is in it as a subject of the vault: a digest of a CPF could be guessed.
    """
    worked_out = {
        "code": ask.written,
        "house": str(ask.house.pk),
        "bill": [
            ask.bill.stay_centavos,
            ask.bill.extra_hours,
            ask.bill.extra_hour_centavos,
            ask.bill.other_centavos,
        ],
        **ask.stay(),
    }
    subject = str(subject_id) if subject_id else None
    said = {"subject": subject, "request": ask.wording or worked_out}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
