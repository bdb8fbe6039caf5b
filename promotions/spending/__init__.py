"""The statements that spend coupons: exact under any load. How it works: docs/coupons.md."""

from promotions.spending.catching_up import catch_up
from promotions.spending.giving import (
    CANCELLED,
    REVERSED,
    Ending,
    Entry,
    Settled,
    end,
    expire,
    expire_overdue,
    settle,
)
from promotions.spending.meters import what_is_left
from promotions.spending.taking import AlreadyTaken, Contended, NewUse, take, undone_alone
from promotions.spending.wants import SLOTS, SPREAD_FROM

__all__ = [
    "CANCELLED",
    "REVERSED",
    "SLOTS",
    "SPREAD_FROM",
    "AlreadyTaken",
    "Contended",
    "Ending",
    "Entry",
    "NewUse",
    "Settled",
    "catch_up",
    "end",
    "expire",
    "expire_overdue",
    "settle",
    "take",
    "undone_alone",
    "what_is_left",
]
