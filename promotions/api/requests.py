"""What callers send."""

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, SecretStr, StrictBool, StrictInt

from suites.api.money import Money
from tenancy.api.houses import PropertySlug
from tenancy.api.instants import Instant

SLUG = r"^[-a-zA-Z0-9_]{1,40}$"
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
MOST_PEOPLE, MOST_HOURS = 50, 24

IdempotencyKey = Annotated[str, Field(min_length=16, max_length=200, pattern=r"^[!-~]+$")]
"""Drawn at random by the caller, such as a UUID: whoever knows it can ask for the same again."""
Slug = Annotated[str, Field(pattern=SLUG)]


class Said(Schema):
    """What is sent has no other fields than these."""

    model_config = ConfigDict(extra="forbid")


class StayIn(Said):
    """The stay for which a coupon is to be used. What is not known is left out."""

    suite_type: Slug | None = Field(default=None, description="The slug of the suite.")
    period: Slug | None = Field(
        default=None, description="The slug of what is sold: a period, a night."
    )
    arrival: Instant | None = Field(default=None, description="Now, unless it is given.")
    people: Annotated[StrictInt, Field(ge=1, le=MOST_PEOPLE)] | None = None
    extra_hours: Annotated[StrictInt, Field(ge=0, le=MOST_HOURS)] = 0


class ChosenStayIn(StayIn):
    """The same, and it is known what is chosen."""

    suite_type: Slug = Field(description="The slug of the suite.")
    period: Slug = Field(description="The slug of what is sold: a period, a night.")


class HolderIn(Said):
    """Who uses the coupon, where it asks for that. It is neither kept here nor told back."""

    cpf: SecretStr = Field(
        max_length=20, description="A CPF, with or without its signs.", examples=["529.982.247-25"]
    )


class CouponIn(Said):
    """A code, and what it is to be used for."""

    code: Annotated[str, Field(min_length=1, max_length=64, pattern=PRINTABLE)]
    property: PropertySlug | None = None
    holder: HolderIn | None = None
    amount: Money | None = Field(
        default=None,
        description="The whole bill, where it is not what the stay costs by the house's prices. "
        "Of strangers who reserve, the house's prices count.",
    )


class ValidateIn(CouponIn):
    """Whether a code could be used."""

    at: Instant | None = Field(
        default=None, description="When it would be used. Now, unless it is given."
    )
    stay: StayIn = StayIn()

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "TERCA-7Q4M-K2XD",
                    "at": "2026-11-24T15:10:00-03:00",
                    "stay": {
                        "suite_type": "hidro-premium",
                        "period": "6h",
                        "arrival": "2026-11-24T16:00:00-03:00",
                    },
                    "amount": {"currency": "BRL", "minor": 18900},
                    "holder": {"cpf": "529.982.247-25"},
                }
            ]
        }
    )


class ReserveIn(CouponIn):
    """The use of a code, to be kept for a while."""

    stay: ChosenStayIn


class RevealIn(Said):
    """A coupon that a page offers, and who asks where it counts people."""

    coupon: Slug = Field(description="The slug of the coupon.")
    property: PropertySlug | None = None
    holder: HolderIn | None = None


class BookIn(Said):
    """The stay for which somebody wants to come. Who they are is said to the house alone."""

    property: PropertySlug | None = None
    stay: ChosenStayIn
    code: Annotated[str, Field(min_length=1, max_length=64, pattern=PRINTABLE)] | None = Field(
        None, description="A coupon's code, to reckon the price with. It is not kept."
    )
    reservation: UUID | None = Field(
        None, description="The id of a reserved use of a coupon, which is to be spent then."
    )


class SimulateIn(Said):
    """The stay for which promotions are looked at, at any instant."""

    property: PropertySlug | None = None
    at: Instant | None = Field(default=None, description="Any instant; now, unless it is given.")
    stay: StayIn = StayIn()
    amount: Money | None = None
    drafts: StrictBool = Field(default=True, description="Rules as their latest drafts say.")
