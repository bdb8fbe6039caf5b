"""Google as a fake over HTTP, and companies that are connected to it. Time stands still."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stamina
import time_machine

from privacy import epochs
from reviews.clients import http, pace
from reviews.clients.google import Google
from reviews.models import Location as Rows
from reviews.models import Review
from reviews.services import reading
from tenancy.context import tenant_scope
from tests.fakes.google import Location, World, running
from tests.fakes.google.world import CLIENT_ID, CLIENT_SECRET
from tests.reviews.houses import connect, say, tied

NOON = datetime(2026, 11, 24, 15, tzinfo=UTC)


class Clock:
    """The only clock: it moves when somebody waits, or is told to."""

    def __init__(self, traveller: Any) -> None:
        self._traveller = traveller
        self.waited: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.pass_(seconds=seconds)

    def pass_(self, **lasting: float) -> datetime:
        self._traveller.shift(timedelta(**lasting))
        return datetime.now(UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    with time_machine.travel(NOON, tick=False) as traveller:
        clock = Clock(traveller)
        monkeypatch.setattr(pace, "sleep", clock.sleep)
        yield clock


@pytest.fixture
def google(clock: Clock, settings: Any) -> Iterator[World]:
    """Serve Google on a port of its own, with circuits that are closed and tries without pauses."""
    http.breaker_of.cache_clear()
    epochs.forget()
    with running(World()) as world, stamina.set_testing(True, attempts=3):
        settings.GOOGLE_BASE_URL = world.url
        settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
        yield world
    assert world.refused == []
    epochs.forget()
    http.breaker_of.cache_clear()


@pytest.fixture
def client(google: World, db: None) -> Callable[..., Google]:
    """Return a maker of clients with a consent for some accounts."""

    def make(*accounts: str) -> Google:
        refresh = google.grant(*accounts)
        return Google(lambda fresh: google.new_access(refresh))

    return make


@pytest.fixture
def place(google: World) -> Location:
    place = google.add_location("10")
    say(place, "a")
    return place


@pytest.fixture
def review(google: World, place: Location, lua: Any) -> Iterator[Review]:
    """A review that was read; nothing else is while the test lasts."""
    with tenant_scope(lua):
        connect(google, "1")
        reading.read(location_id=str(tied(google).pk))
        # when it would be is a matter of the location's id
        Rows.objects.update(newest_due_at=None, sweep_due_at=None)
        yield Review.objects.get()


@pytest.fixture
def lua_scope(lua: Any) -> Iterator[Any]:
    with tenant_scope(lua):
        yield lua
