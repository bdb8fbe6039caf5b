"""A month of 200 houses at two companies, in which everything goes wrong by chance.

Time is simulated: nobody waits. At its end the rows are what Google has.
"""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from reviews.clients.google import LOCATIONS, REVIEWS
from reviews.enums import Erasure, Source
from reviews.google import notifications
from reviews.models import Connection, Location
from reviews.services import notifying, placing, reading
from reviews.tasks import expire_due, read_due
from tenancy.context import no_tenant, tenant_scope
from tests.fakes.google import Mix, Reply
from tests.fakes.google.pubsub import delivered, push
from tests.reviews.houses import connect, say, stored, truth

pytestmark = pytest.mark.django_db

HOUSES, DAYS = 200, 30
TICK = timedelta(minutes=20)
EVENTS_A_DAY = 60
QUIET = timedelta(days=8)


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


@pytest.fixture
def month(google, lua, sol):
    for number in range(HOUSES):
        place = google.add_location(str(number), account=f"{number % 2 + 1}0")
        say(place, *(f"{number}-{each}" for each in range(number % 61)))
    for tenant, accounts in ((lua, ("10", "11", "12")), (sol, ("20", "21", "22"))):
        with tenant_scope(tenant):
            connect(google, *accounts)
            placing.list_locations(at=timezone.now())
            for location in Location.objects.all():  # rows of no property: pages are elsewhere
                Location.objects.filter(pk=location.pk).update(
                    property_id=uuid4(), sweep_due_at=timezone.now()
                )
    google.has_unknown_fields = True
    return Month(google, seed=20261127)


def pass_time(month, clock, lasting, *, events):
    end = timezone.now() + lasting
    with no_tenant():
        while timezone.now() < end:
            clock.pass_(minutes=TICK.total_seconds() / 60)
            for _each in range(events):
                if month.chance.random() < EVENTS_A_DAY * TICK / timedelta(days=1):
                    month.happens()
            read_due()
        expire_due()


def test_a_month_in_which_everything_goes_wrong(month, google, clock, lua, sol, monkeypatch):
    monkeypatch.setattr(reading, "NEWEST_EVERY", timedelta(hours=24))
    google.faults = Mix(seed=7, chance=0.05)
    pass_time(month, clock, timedelta(days=10), events=1)
    refresh = next(iter(google.grants))
    google.revoke(refresh)
    pass_time(month, clock, timedelta(days=1), events=1)
    with tenant_scope(lua):
        Connection.objects.all().delete()
        connect(google, "10", "11", "12")
    pass_time(month, clock, timedelta(days=DAYS - 11), events=1)
    faults, google.faults = google.faults, None
    pass_time(month, clock, QUIET, events=0)

    wrong = []
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            for location in Location.objects.filter(source=Source.GOOGLE):
                place = google.locations[location.name.removeprefix("locations/")]
                if stored(location) != truth(place):
                    wrong.append(str(location))
                alive = set(place.reviews)
                gone = location.reviews.filter(erasure=Erasure.GONE)
                assert not alive & set(gone.values_list("key", flat=True))
                assert location.reviews.count() == len(
                    set(place.reviews) | place.deleted & keys(location)
                )
    assert wrong == []
    assert faults.made > 100
    assert not any(google.over_quota.values())
    readings = HOUSES * (DAYS + QUIET.days) * (1 + 4 / 7)
    assert google.calls[REVIEWS] < readings * 1.6
    assert google.calls[LOCATIONS] < HOUSES


def keys(location):
    return set(location.reviews.values_list("key", flat=True))
