"""Whoever changes reviews waits for whoever writes a location's: nothing is lost, nobody stuck."""

import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from reviews.enums import Erasure
from reviews.models import Location, Review
from reviews.services import curating, erasing, filing
from tenancy.context import tenant_scope
from tests.promotions.spending.processes import as_app, is_alive, start

pytestmark = pytest.mark.django_db


def write(location, key):
    seen = ("written_at", "changed_at", "first_seen_at", "last_seen_at")
    instants = dict.fromkeys(seen, timezone.now())
    return Review.objects.create(location=location, key=key, stars=5, original="Um", **instants)


@pytest.fixture
def review(lua):
    """A review outside the test's transaction, as processes see it."""
    with tenant_scope(lua), as_app():
        location = Location.objects.create(account="accounts/1", name="locations/10")
        yield write(location, "a")
        location.delete()


def curate(review):
    return curating.curate(review=review, is_hidden=True, is_featured=False, tags="")


def drop(review):
    filing.drop(file=review.location)


def erase(review):
    assert erasing.erase_on_demand(review.pk)


def tried(work, review):
    """Do something as far as its transaction's end, and leave no trace of it."""
    with transaction.atomic():
        work(review)
        connection.check_constraints()
        transaction.set_rollback(True)
    return True


def wait_until_it_waits(child):
    """Return once a process waits for a lock of ours, or is over."""
    with connection.cursor() as cursor:
        while is_alive(child):
            cursor.execute(
                "SELECT count(*) FROM pg_locks "
                "WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)


@pytest.mark.parametrize("work", [curate, drop, erase])
def test_nobody_is_stuck_with_whoever_writes_reviews(review, work):
    with transaction.atomic():
        location = Location.objects.select_for_update().get(pk=review.location_id)
        child = start(lambda: tried(work, review))
        wait_until_it_waits(child)
        Review.objects.filter(pk=review.pk).update(original="Dois")
        write(location, "b")

    assert child.result()


def test_a_reading_that_has_looked_already_does_not_bring_back_what_is_erased(review):
    with transaction.atomic():
        Location.objects.select_for_update().get(pk=review.location_id)
        child = start(lambda: erasing.erase_on_demand(review.pk))
        wait_until_it_waits(child)
        Review.objects.filter(pk=review.pk).update(original="Dois", erasure=Erasure.NONE)

    assert child.result()
    review.refresh_from_db()
    assert (review.original, review.erasure) == ("", Erasure.ASKED)
