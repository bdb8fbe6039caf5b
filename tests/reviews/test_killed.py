"""A reading whose process is really killed, in the middle of a page: the next one goes on."""

import os
import signal
from uuid import uuid4

import pytest
from django.utils import timezone

from reviews.clients.google import Google
from reviews.enums import RunState
from reviews.models import Connection, ImportRun, Location, Review
from reviews.services import reading
from tenancy.context import tenant_scope
from tests.promotions.spending.processes import as_app, start
from tests.reviews.houses import say, stored, truth

pytestmark = pytest.mark.django_db

MOMENTS = ("own", "count", "run_of")
"""Right after Google's answer; when the page's rows are written, before the commit; after it."""


@pytest.fixture
def location(google, lua):
    """Be in the tenant, on a connection outside the test's transaction, as processes are."""
    with tenant_scope(lua), as_app():
        Connection.objects.create()
        yield Location.objects.create(
            account="accounts/1",
            name="locations/10",
            property_id=uuid4(),
            sweep_due_at=timezone.now(),
        )
        Location.objects.all().delete()
        Connection.objects.all().delete()


def reader(location, token, *, dies_in="", times=0):
    """Return what reads the location, in a process that kills itself at the n-th such moment."""

    def work():
        reading.google = lambda: Google(lambda fresh: token)
        if dies_in:
            whole, calls = getattr(reading, dies_in), []

            def dies(*args, **kwargs):
                calls.append(1)
                if len(calls) > times:
                    os.kill(os.getpid(), signal.SIGKILL)
                return whole(*args, **kwargs)

            setattr(reading, dies_in, dies)
        reading.read(location_id=str(location.pk))
        return True

    return work


def test_a_process_that_is_killed_in_the_middle_of_a_page_loses_and_doubles_nothing(
    location, google, clock
):
    place = google.add_location("10")
    say(place, *map(str, range(220)))
    token = google.new_access(google.grant("1"))
    for moment in MOMENTS:
        for times in (0, 2):
            child = start(reader(location, token, dies_in=moment, times=times))
            assert child.result() is None  # it was killed
            clock.pass_(minutes=6)  # until then it may still be at it

    assert start(reader(location, token)).result()

    assert stored(location) == truth(place)
    assert Review.objects.filter(location=location).count() == 220
    states = set(ImportRun.objects.filter(location=location).values_list("state", flat=True))
    assert RunState.DONE in states
    assert states <= {RunState.DONE, RunState.BROKEN_OFF}
