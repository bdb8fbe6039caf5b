"""What Google knows: who may see which accounts, their locations, and the reviews of those."""

import secrets
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc.jwk import KeySet, RSAKey

CLIENT_ID, CLIENT_SECRET = "fake-client", "fake-client-secret"
TOKEN_SECONDS = 3600
PAGE_TOKEN_MINUTES = 10
MINUTE = 60.0
QUOTA = 300
"""Requests a minute, of each host."""


@dataclass
class Reply:
    """What the house answered; Google looks at it before it is seen."""

    comment: str
    at: datetime
    state: str = "APPROVED"
    polls_left: int = 0
    verdict: str = "APPROVED"
    violation: Any = None


@dataclass
class Review:
    """What somebody said. `said` is what the API answers as its comment, envelope and all."""

    id: str
    stars: str = "FIVE"
    original: str = ""
    translation: str = ""
    said: str = ""
    author: str = "Visitante Exemplo"
    is_anonymous: bool = False
    created: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    updated: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    reply: Reply | None = None
    media: list[str] = field(default_factory=list)


@dataclass
class Location:
    """A house, in one account at a time. `deleted` are the ids of reviews that are gone."""

    id: str
    account: str
    title: str = "Motel Exemplo"
    place_id: str = ""
    is_verified: bool = True
    reviews: dict[str, Review] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    @property
    def parent(self) -> str:
        return f"accounts/{self.account}/locations/{self.id}"

    def newest_first(self) -> list[Review]:
        return sorted(self.reviews.values(), key=lambda each: (each.updated, each.id), reverse=True)


@dataclass
class Grant:
    """A consent: what the refresh token opens, until it is revoked."""

    accounts: set[str]
    is_revoked: bool = False


@dataclass
class World:
    """The service's state. `quotas` are requests a minute by host, `asked` when each was asked."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    accounts: dict[str, str] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    quotas: dict[str, int] = field(default_factory=dict)
    faults: Any = None
    between_pages: list[Callable[[Location], None]] = field(default_factory=list)
    has_unknown_fields: bool = False
    is_enabled: bool = True
    reply_polls: int = 1
    reply_verdicts: deque[tuple[str, Any]] = field(default_factory=deque)
    url: str = ""

    def __post_init__(self) -> None:
        self.lock = threading.Lock()
        self.access: dict[str, tuple[str, datetime]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.pages: dict[str, tuple[Any, ...]] = {}
        self.asked: dict[str, deque[float]] = defaultdict(deque)
        self.busiest: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self.over_quota: Counter[str] = Counter()
        self.refused: list[str] = []
        self.consents_to: set[str] = set()
        self.consents_by: dict[str, set[str]] = {}
        """Accounts that a consent opens, by what its state begins with: whoever asks."""
        self.keys = KeySet([RSAKey.generate_key(2048, parameters={"kid": "fake", "use": "sig"})])

    def add_location(self, id: str, account: str = "1", **given: Any) -> Location:
        self.accounts.setdefault(account, f"Grupo {account}")
        found = Location(id=id, account=account, place_id=f"place-{id}", **given)
        self.locations[id] = found
        return found

    def grant(self, *accounts: str) -> str:
        """Return a new refresh token for those accounts."""
        token = f"1//refresh-{secrets.token_hex(8)}"
        self.grants[token] = Grant(set(accounts))
        return token

    def revoke(self, token: str) -> None:
        self.grants[token].is_revoked = True
        self.access = {key: value for key, value in self.access.items() if value[0] != token}

    def move(self, location: Location, account: str) -> None:
        """Have another account own the location: the names of its reviews change."""
        self.accounts.setdefault(account, f"Grupo {account}")
        location.account = account

    def delete(self, location: Location, key: str) -> None:
        del location.reviews[key]
        location.deleted.add(key)

    def new_access(self, refresh: str) -> str:
        token = f"ya29.{secrets.token_hex(12)}"
        self.access[token] = refresh, self.clock() + timedelta(seconds=TOKEN_SECONDS)
        return token

    def opened_by(self, authorization: str) -> Grant | None:
        """Return the grant of an `Authorization` header that is good now."""
        refresh, until = self.access.get(authorization.removeprefix("Bearer "), ("", None))
        is_good = until is not None and self.clock() < until
        return self.grants[refresh] if is_good and not self.grants[refresh].is_revoked else None

    def admits(self, host: str) -> bool:
        """Count a request, and say whether it is within the host's quota of the last minute."""
        now = self.clock().timestamp()
        times = self.asked[host]
        while times and times[0] <= now - MINUTE:
            times.popleft()
        self.calls[host] += 1
        if len(times) >= self.quotas.get(host, QUOTA):
            self.over_quota[host] += 1
            return False
        times.append(now)
        self.busiest[host] = max(self.busiest[host], len(times))
        return True

    def new_page(self, *bound: Any) -> str:
        token = f"CAES{secrets.token_hex(6)}"
        until = self.clock() + timedelta(minutes=PAGE_TOKEN_MINUTES)
        self.pages[token] = (*bound, until)
        return token

    def seen_by(self, grant: Grant) -> Iterator[Location]:
        return (each for each in self.locations.values() if each.account in grant.accounts)
