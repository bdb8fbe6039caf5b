"""What a push of Pub/Sub says: which review has changed. It is a hint, and nothing more."""

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WORD = r"[\w.~=-]+"
"""What Google's names are made of; all else would be another address, or no text for a table."""
REVIEW = re.compile(
    rf"accounts/{WORD}/(?P<location>locations/{WORD})/reviews/(?P<key>{WORD})", re.ASCII
)
MESSAGE = re.compile(r"[ -~]{1,80}")
KINDS = {"NEW_REVIEW", "UPDATED_REVIEW"}


class NotANotification(ValueError):
    """It is not what Pub/Sub sends. It never says what it was."""


@dataclass(frozen=True, slots=True)
class Notification:
    """A message, once for each time that its id is new; `location` is "" where it is no review."""

    message_id: str
    location: str = ""
    key: str = ""


def read(body: bytes) -> Notification:
    """Return what a push says; raise `NotANotification`."""
    try:
        message = json.loads(body)["message"]
        message_id = str(message.get("messageId") or message["message_id"])
        said = json.loads(b64decode(message.get("data") or "", validate=True) or b"{}")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotANotification("It lacks what makes it one.") from None
    if not MESSAGE.fullmatch(message_id) or not isinstance(said, Mapping):
        raise NotANotification("Its id or its data are none.")
    return _of_review(message_id, said)


def _of_review(message_id: str, said: Mapping[str, Any]) -> Notification:
    kind = str(said.get("type") or said.get("notificationType") or "")
    name = str(said.get("review_name") or said.get("reviewName") or said.get("review") or "")
    match = REVIEW.fullmatch(name)
    if kind not in KINDS or match is None:
        return Notification(message_id)
    return Notification(message_id, match["location"], match["key"])
