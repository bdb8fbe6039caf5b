"""Money in calls: whole minor units of a currency."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StrictInt

from theme.reais import MAX_CENTAVOS


class Money(Schema):
    """An amount: R$ 189,00 is 18900 minor units of BRL."""

    model_config = ConfigDict(extra="forbid")

    currency: Literal["BRL"]
    minor: Annotated[StrictInt, Field(ge=0, le=MAX_CENTAVOS)]


class MoneyOut(Schema):
    """An amount: R$ 189,00 is 18900 minor units of BRL."""

    currency: Literal["BRL"] = "BRL"
    minor: int


def money(centavos: int) -> MoneyOut:
    return MoneyOut(minor=centavos)


def money_or_none(centavos: int | None) -> MoneyOut | None:
    return None if centavos is None else money(centavos)
