"""Celery doors. Those in `ops` run on the queue of the one worker with the ops role.

Those in `tenant` that ask Google wait for their turn, on a queue where nobody waits behind them.
"""

from reviews.tasks.ops import expire_due, pass_hint, read_due
from reviews.tasks.tenant import (
    expire_content,
    follow_hint,
    list_locations,
    read_location,
    send_reply,
)

__all__ = [
    "expire_content",
    "expire_due",
    "follow_hint",
    "list_locations",
    "pass_hint",
    "read_due",
    "read_location",
    "send_reply",
]
