"""What can be done with a coupon, one verb each: every answer is a value."""

from promotions.services.answers import (
    Done,
    Impossible,
    KeyReused,
    Refused,
    Taken,
    UseFacts,
    Valid,
)
from promotions.services.asks import Ask, Request
from promotions.services.catching_up import count_earlier_uses
from promotions.services.steps import cancel, commit, reverse
from promotions.services.sweeping import expire_holds
from promotions.services.taking import hold, redeem
from promotions.services.validation import validate

__all__ = [
    "Ask",
    "Done",
    "Impossible",
    "KeyReused",
    "Refused",
    "Request",
    "Taken",
    "UseFacts",
    "Valid",
    "cancel",
    "commit",
    "count_earlier_uses",
    "expire_holds",
    "hold",
    "redeem",
    "reverse",
    "validate",
]
