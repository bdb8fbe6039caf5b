"""What a push of Pub/Sub says: which review has changed. It is a hint, and nothing more."""

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REVIEW = re.compile(r"accounts/[^/]+/(?P<location>locations/[^/]+)/reviews/(?P<key>[^/]+)")
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
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotANotification("It lacks what makes it one.") from None
    if not message_id or len(message_id) > 80 or not isinstance(said, Mapping):
        raise NotANotification("Its id or its data are none.")
    return _of_review(message_id, said)


def _of_review(message_id: str, said: Mapping[str, Any]) -> Notification:
    kind = str(said.get("type") or said.get("notificationType") or "")
    name = str(said.get("review_name") or said.get("reviewName") or said.get("review") or "")
    match = REVIEW.fullmatch(name)
    if kind not in KINDS or match is None:
        return Notification(message_id)
    return Notification(message_id, match["location"], match["key"])
