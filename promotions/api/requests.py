"""What callers send."""

from typing import Annotated, Any, Self
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from promotions.policies import POLICIES
from suites.api.money import Money
from tenancy.api.houses import PropertySlug
from tenancy.api.instants import Instant

SLUG = r"^[-a-zA-Z0-9_]{1,40}$"
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
MOST_PEOPLE, MOST_HOURS = 50, 24
LONGEST_HOLDER = 64

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


def _kinds(schema: dict[str, Any]) -> None:
    """Document the identifiers that are registered, of which one is sent."""
    schema["properties"] = {
        name: {
            "title": str(policy.label),
            "type": "string",
            "format": "password",
            "writeOnly": True,
            "maxLength": LONGEST_HOLDER,
        }
        for name, policy in POLICIES.items()
    }
    schema |= {"minProperties": 1, "maxProperties": 1, "additionalProperties": False}


class HolderIn(BaseModel):
    """Who uses the coupon, where it asks for that: what tells them from others, by its kind.

    It is neither kept here nor told back.
    """

    model_config = ConfigDict(extra="allow", json_schema_extra=_kinds)
    __pydantic_extra__: dict[str, Annotated[SecretStr, Field(max_length=LONGEST_HOLDER)]]

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        """Refuse none, several, and kinds that nobody has registered."""
        if len(self.__pydantic_extra__) != 1 or self.kind not in POLICIES:
            raise PydanticCustomError("unknown_holder", "One identifier, of a registered kind.")
        return self

    @property
    def kind(self) -> str:
        """The registered name of what it is."""
        return next(iter(self.__pydantic_extra__))

    @property
    def value(self) -> str:
        """It, as the person wrote it."""
        return self.__pydantic_extra__[self.kind].get_secret_value()


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
