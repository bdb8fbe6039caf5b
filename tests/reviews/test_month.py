"""A month of houses at two companies, in which everything goes wrong, alone and by chance.

Time is simulated: nobody waits. At its end the rows are what Google has. It is a month of few
houses unless `MONTH_HOUSES` says how many.
"""

import os
import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from reviews.clients.google import LOCATIONS, REVIEWS
from reviews.enums import ConnectionState, Erasure, Source
from reviews.google import notifications
from reviews.models import Connection, Location
from reviews.services import notifying, placing, reading
from reviews.tasks import expire_due, read_due
from tenancy.context import no_tenant, tenant_scope
from tests.fakes.google import Mix, Reply
from tests.fakes.google.faults import KINDS
from tests.fakes.google.pubsub import delivered, push
from tests.reviews.houses import connect, say, stored, truth

pytestmark = pytest.mark.django_db

HOUSES = int(os.environ.get("MONTH_HOUSES", "4"))
EVENTS_A_DAY = 8 + HOUSES / 4
ACCOUNTS = (("10", "11", "12"), ("20", "21", "22"))
QUIET = timedelta(days=8)
NEWEST_A_DAY, SWEEPS_A_DAY = 1, 1 / 7


class Month:
    """What happens to houses, by a seeded chance."""

    def __init__(self, google, seed):
        self.google, self.chance = google, random.Random(seed)  # noqa: S311 (not a secret)
        self.places, self.number = list(google.locations.values()), 0

    def happens(self):
        """Have one thing happen to one house."""
        place = self.chance.choice(self.places)
        kinds = [self.says] * 5 + [self.changes] * 2 + [self.goes] * 2 + [self.answers, self.moves]
        self.chance.choice(kinds)(place)

    def says(self, place):
        self.number += 1
        key = f"new{self.number}"
        say(place, key, stars=self.chance.choice(["ONE", "FOUR", "FIVE", "SEVEN"]))
        place.reviews[key].created = place.reviews[key].updated = timezone.now()
        if self.chance.random() < 0.5:
            self.notify(place, key)

    def notify(self, place, key):
        pushes = [push(self.google, place, key, f"id {self.number}")]
        for each in delivered(pushes, seed=self.number):
            notifying.take_up(notifications.read(each.body), at=timezone.now())

    def changes(self, place):
        if place.reviews:
            review = place.reviews[self.chance.choice(sorted(place.reviews))]
            review.original, review.updated = f"Mudei {self.chance.random()}", timezone.now()

    def goes(self, place):
        if place.reviews:
            self.google.delete(place, self.chance.choice(sorted(place.reviews)))

    def answers(self, place):
        if place.reviews:
            review = place.reviews[self.chance.choice(sorted(place.reviews))]
            review.reply = Reply("Obrigado!", timezone.now())

    def moves(self, place):
        if self.chance.random() < 0.2:
            first = place.account[0]
            self.google.move(place, f"{first}{self.chance.randint(0, 2)}")


def months(google, tenants, houses):
    """Have two companies be connected, and all of their houses be read."""
    for number in range(houses):
        place = google.add_location(str(number), account=f"{number % 2 + 1}0")
        say(place, *(f"{number}-{each}" for each in range(number * 17 % 61)))
    for tenant, accounts in zip(tenants, ACCOUNTS, strict=True):
        with tenant_scope(tenant):
            connect(google, *accounts)
            placing.list_locations(at=timezone.now())
            for location in Location.objects.all():  # rows of no property: pages are elsewhere
                Location.objects.filter(pk=location.pk).update(
                    property_id=uuid4(), sweep_due_at=timezone.now()
                )
    google.has_unknown_fields = True
    return Month(google, seed=20261127)


def reconnect(google, tenants):
    """Have somebody consent again where that is asked for."""
    for tenant, accounts in zip(tenants, ACCOUNTS, strict=True):
        with tenant_scope(tenant):
            if Connection.objects.filter(state=ConnectionState.EXPIRED).delete()[0]:
                connect(google, *accounts)


def pass_time(month, clock, lasting, *, happens=True, tick=timedelta(hours=1)):
    end = timezone.now() + lasting
    with no_tenant():
        while timezone.now() < end:
            clock.pass_(minutes=tick / timedelta(minutes=1))
            if happens and month.chance.random() < EVENTS_A_DAY * (tick / timedelta(days=1)):
                month.happens()
            read_due()
        expire_due()


def assert_true(google, tenants):
    """Hold that rows are what Google has: nothing is lost, doubled, or thought gone."""
    for tenant in tenants:
        with tenant_scope(tenant):
            for location in Location.objects.filter(source=Source.GOOGLE):
                place = google.locations[location.name.removeprefix("locations/")]
                assert stored(location) == truth(place), str(location)
                keys = list(location.reviews.values_list("key", flat=True))
                gone = location.reviews.filter(erasure=Erasure.GONE).values_list("key", flat=True)
                assert sorted(keys) == sorted(set(place.reviews) | set(gone))
                assert set(gone) <= place.deleted


def assert_calm(google, houses, lasting, faults):
    """Hold that the quota was kept, and that faults cost no more than some tries each."""
    assert not any(google.over_quota.values())
    days = lasting / timedelta(days=1)
    pages = 2 + 3 * SWEEPS_A_DAY  # of a reading of the newest; and of all, with the first again
    usual = houses * (days * (NEWEST_A_DAY + pages * SWEEPS_A_DAY) + pages)
    assert google.calls[REVIEWS] < 2 * usual + 6 * faults.made
    assert google.calls[LOCATIONS] < houses + 6 * faults.made


@pytest.fixture
def daily(monkeypatch):
    monkeypatch.setattr(reading, "NEWEST_EVERY", timedelta(hours=24))


@pytest.mark.parametrize("kind", KINDS)
def test_each_fault_alone_leaves_the_truth(kind, google, clock, lua, sol, daily):
    month = months(google, (lua, sol), 4)
    faults = google.faults = Mix(seed=11, chance=0.2, kinds=(kind,))
    pass_time(month, clock, timedelta(days=3), tick=timedelta(hours=2))
    google.faults = None
    reconnect(google, (lua, sol))
    pass_time(month, clock, QUIET, happens=False, tick=timedelta(hours=4))

    assert_true(google, (lua, sol))
    assert faults.made
    assert_calm(google, 4, QUIET + timedelta(days=3), faults)


def test_a_month_in_which_everything_goes_wrong(google, clock, lua, sol, daily):
    month = months(google, (lua, sol), HOUSES)
    faults = google.faults = Mix(seed=7, chance=0.05)
    pass_time(month, clock, timedelta(days=10))
    google.revoke(next(iter(google.grants)))
    pass_time(month, clock, timedelta(days=1))
    with tenant_scope(lua):
        assert Connection.objects.get().state == ConnectionState.EXPIRED
    reconnect(google, (lua, sol))
    pass_time(month, clock, timedelta(days=19))
    google.faults = None
    reconnect(google, (lua, sol))
    pass_time(month, clock, QUIET, happens=False)

    assert_true(google, (lua, sol))
    assert faults.made > HOUSES
    assert_calm(google, HOUSES, QUIET + timedelta(days=30), faults)
