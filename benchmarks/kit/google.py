"""The fake of Google with many locations, in a process of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from tests.fakes.google import Review, World, running

SHARES = ((0, 0.15), (5, 0.50), (25, 0.25), (70, 0.08), (160, 0.02))
"""How many reviews a location has, and what share of locations has so many."""
TOKEN = "bench"  # noqa: S105 (of a fake)


def reviews_of(number: int, locations: int) -> int:
    """Return how many reviews a location has, by its place among all."""
    place = number / locations
    for count, share in SHARES:
        place -= share
        if place < 0:
            return count
    return SHARES[-1][0]


@contextmanager
def serving(locations: int) -> Iterator[str]:
    """Serve so many locations to whoever has `TOKEN`; yield where."""
    reads, writes = os.pipe()
    life, lifeline = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(lifeline)
        with running(filled(locations)) as world:
            os.write(writes, world.url.encode())
            os.read(life, 1)  # until the parent ends, however it does
        os._exit(0)
    os.close(writes)
    try:
        yield os.read(reads, 100).decode()
    finally:
        os.close(lifeline)
        os.waitpid(pid, 0)


def filled(locations: int) -> World:
    world = World()
    world.quotas = dict.fromkeys(("mybusiness.googleapis.com",), 10**9)
    world.access[TOKEN] = world.grant("1"), datetime.now(UTC) + timedelta(days=1)
    for number in range(locations):
        place = world.add_location(str(number), "1")
        for each in range(reviews_of(number, locations)):
            key = f"{number}-{each}"
            place.reviews[key] = Review(key, original=f"{key}: suíte limpa, entrada discreta.")
    return world
