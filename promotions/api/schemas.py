"""What the API says of promotions and coupons."""

from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from promotions.enums import BookingState, Effect, UseState
from promotions.rules.eligibility import Reason
from suites.api.money import MoneyOut
from tenancy.api.houses import HouseOut
from tenancy.api.instants import Moment
from tenancy.api.problems import ProblemOut

BESIDE = "What promotions without a code take off beside it, of what it leaves of the price."


class EffectOut(Schema):
    """What a promotion gives; `text` says it to people."""

    type: Effect
    percent: int | None = None
    cap: MoneyOut | None = None
    amount: MoneyOut | None = None
    price: MoneyOut | None = None
    hours: int | None = None
    courtesy: str = ""
    text: str


class DiscountOut(Schema):
    """What guests gain: money off the bill, hours that cost nothing, and a courtesy."""

    amount: MoneyOut
    hours: int = 0
    courtesy: str = ""


class SpanOut(Schema):
    """From an instant on, until just before another one; null is never."""

    begins_at: Moment | None
    ends_at: Moment | None


OwnReason = Annotated[str, Field(pattern=r"^[A-Z][A-Z_]+$", max_length=40)]
"""Of a condition that is not ours: see `promotions.validators`."""


class ReasonOut(Schema):
    """Why a coupon or a promotion is refused."""

    code: Reason | OwnReason = Field(
        description="For programs. Strangers get `NOT_FOUND` as well for what is disabled, and for "
        "what is of another property."
    )
    rule: UUID | None = Field(description="What refuses: a promotion, or a coupon.")
    blocking: bool = Field(description="False where saying more may help.")
    next_valid: SpanOut | None = Field(description="When it holds again, where waiting helps.")
    message: str


class OtherStayOut(Schema):
    """A stay for which the same code holds, for those who arrive at the same time."""

    suite_type: str = Field(description="The slug of the suite.")
    suite: str = Field(description="Its name, to people.")
    period: str = Field(description="The slug of what is sold.")
    name: str = Field(description="What it is called, to people.")
    price: MoneyOut
    total: MoneyOut = Field(
        description="The price without the discount, and what promotions without a code take off."
    )


class AlternativeOut(Schema):
    """What guests could have instead: promotions without a code first, then other stays with it."""

    promotion_id: UUID
    automatic: bool = Field(description="Whether it needs no code.")
    effect: EffectOut
    discount: DiscountOut
    stay: OtherStayOut | None = Field(
        default=None, description="For which stay the code holds; null is the one asked for."
    )


class BesideOut(Schema):
    """A promotion without a code that goes with a code."""

    promotion_id: UUID
    effect: EffectOut
    discount: DiscountOut = Field(description="What it gives on the whole bill, by itself.")


class VerdictOut(Schema):
    """Whether a code could be used, what it would give, or every reason against it."""

    valid: bool
    promotion_id: UUID | None = None
    effect: EffectOut | None = None
    price: MoneyOut | None = None
    discount: DiscountOut | None = Field(default=None, description="What the code takes off.")
    beside: MoneyOut | None = Field(default=None, description=BESIDE)
    promotions: list[BesideOut] = Field(default=[], description="Those that go beside it.")
    total: MoneyOut | None = Field(default=None, description="The price without both.")
    reasons: list[ReasonOut] = []
    alternatives: list[AlternativeOut] = Field(
        default=[],
        description="Of a code that holds: the promotions with which guests pay less without it.",
    )
    evaluated: list[str] = Field(default=[], description="What was looked at.")


class RefusedOut(ProblemOut):
    """A coupon that cannot be used: the problem, with every reason, and what else there is."""

    reasons: list[ReasonOut]
    alternatives: list[AlternativeOut]


class UseOut(Schema):
    """A use of a coupon, as a step left it."""

    id: UUID
    state: UseState
    property: str | None = Field(description="The slug; null once the property is gone.")
    promotion_id: UUID
    price: MoneyOut
    discount: DiscountOut = Field(description="What the code takes off.")
    beside: MoneyOut = Field(description=BESIDE)
    total: MoneyOut
    created_at: Moment


class ReservationOut(UseOut):
    """A use that is kept until `expires_at`, as it was when it was reserved."""

    expires_at: Moment


class RevealedOut(Schema):
    """A code, for whoever has asked: the same one each time."""

    coupon: str
    code: str = Field(description="As people read it.")
    ends_at: Moment | None = Field(description="When the code ends; null is never.")
    gives: str = Field(description="What it gives, to people.")
    terms: list[str] = Field(description="Its terms, to people.")
    qr: str = Field(description="A `data:` address of the code as a QR code, an SVG.")


class BookingOut(Schema):
    """A wish to come, as it was noted down. Nothing is kept free before the house says so."""

    reference: str = Field(description="What to say to the house.")
    state: BookingState
    property: str
    arrival: Moment
    price: MoneyOut
    discount: MoneyOut = Field(
        description="All that is taken off: by a code, and by promotions that need none."
    )
    total: MoneyOut
    reasons: list[ReasonOut] = Field([], description="Why the code does not count.")
    expires_at: Moment


class PromotionOut(Schema):
    """A promotion that is told of: what its page says, and its rule, if it has one."""

    slug: str
    title: str
    summary: str
    url: str
    promotion_id: UUID | None
    automatic: bool
    effect: EffectOut | None
    dates: SpanOut
    is_open: bool = Field(description="Whether it can be had at `at`, by its hours.")
    opens: SpanOut | None = Field(description="When it can next be had; it may have begun.")
    suites: list[str] | None = Field(description="Slugs of those in which it holds; null is all.")
    stays: list[str] | None = Field(description="Slugs of those for which it holds; null is all.")


class PromotionsOut(Schema):
    """The promotions whose dates hold `at`, those that end first first."""

    property: HouseOut
    at: Moment
    promotions: list[PromotionOut]


class SimulatedOut(Schema):
    """What a promotion would do for a stay, limits aside."""

    promotion_id: UUID
    name: str
    automatic: bool
    holds: bool
    is_applied: bool = Field(description="Whether it is among those without a code that are best.")
    effect: EffectOut
    discount: DiscountOut
    reasons: list[ReasonOut]
    evaluated: list[str]


class SimulationOut(Schema):
    """What all promotions would do for a stay, and what guests would pay."""

    property: HouseOut
    at: Moment
    price: MoneyOut
    discount: MoneyOut
    total: MoneyOut
    promotions: list[SimulatedOut]
