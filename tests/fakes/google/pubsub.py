"""What Pub/Sub pushes: at least once, in any order, with a token that says who it is."""

import json
import random
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from joserfc import jwt

from tests.fakes.google.world import Location, World

AUDIENCE = "https://painel.localhost/avisos/google"
ACCOUNT = "gbp-push@demo.iam.gserviceaccount.com"


@dataclass(frozen=True)
class Push:
    """A request of Pub/Sub's."""

    body: bytes
    authorization: str


def token(world: World, **changes: Any) -> str:
    """Return a token of the subscription's, signed by the world's key."""
    now = world.clock()
    claims = {
        "iss": "https://accounts.google.com",
        "aud": AUDIENCE,
        "email": ACCOUNT,
        "email_verified": True,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(hours=1)).timestamp()),
        **changes,
    }
    key = world.keys.keys[0]
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


def push(world: World, location: Location, key: str, message_id: str, **said: Any) -> Push:
    """Return the push of a new review."""
    names = {
        "type": "NEW_REVIEW",
        "review_name": f"{location.parent}/reviews/{key}",
        "location_name": location.parent,
        **said,
    }
    message = {"messageId": message_id, "data": b64encode(json.dumps(names).encode()).decode()}
    body = {"message": message, "subscription": "projects/demo/subscriptions/gbp"}
    return Push(json.dumps(body).encode(), f"Bearer {token(world)}")


def delivered(pushes: list[Push], *, seed: int) -> Iterator[Push]:
    """Yield pushes as they arrive: some twice, in any order."""
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    arriving = [*pushes, *(each for each in pushes if chance.random() < 0.4)]
    chance.shuffle(arriving)
    yield from arriving
