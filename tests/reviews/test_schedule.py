"""Whose turn it is: one question for all companies, fair between them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews import schedule
from reviews.clients.google import REVIEWS
from reviews.enums import ConnectionState, Erasure, Source
from reviews.models import Connection, Location, Review
from reviews.pauses import pause
from reviews.tasks import expire_due, pass_hint, read_due
from tenancy.context import no_tenant, tenant_scope
from tests.reviews.houses import connect, say, stored, tied, truth

pytestmark = pytest.mark.django_db


def make_due(count, *, ago):
    at = timezone.now() - timedelta(minutes=ago)
    for number in range(count):
        Location.objects.create(
            source=Source.GOOGLE,
            name=f"locations/{number}",
            property_id=f"00000000-0000-4000-8000-{number:012}",
            newest_due_at=at + timedelta(seconds=number),
        )


@pytest.fixture
def two(lua, sol, google):
    """Have one company with many locations that wait for long, and one with a few."""
    for tenant, count, ago in ((lua, 20, 90), (sol, 3, 1)):
        with tenant_scope(tenant):
            Connection.objects.create()
            make_due(count, ago=ago)
    return lua, sol


def test_a_company_with_few_does_not_wait_for_one_with_many(two):
    lua, sol = two
    first = [each.tenant_id for each in schedule.due(most=6)]

    assert first.count(sol.pk) == first.count(lua.pk) == 3


def test_no_more_are_queued_than_can_be_asked_for(two, monkeypatch, settings):
    queued = []
    monkeypatch.setattr(
        "reviews.tasks.tenant.read_location.apply_async", lambda **k: queued.append(k)
    )
    settings.GOOGLE_QUOTA = 10

    read_due()

    assert len(queued) == 8
    assert {each["expires"] for each in queued} == {schedule.TICK}


def test_nothing_is_queued_while_google_wants_silence(two, monkeypatch):
    queued = []
    monkeypatch.setattr(
        "reviews.tasks.tenant.read_location.apply_async", lambda **k: queued.append(k)
    )
    pause(REVIEWS, seconds=300, at=timezone.now())

    read_due()

    assert queued == []


@pytest.mark.parametrize(
    "changes",
    [
        {"rests_until": timezone.now() + timedelta(days=900)},
        {"property_id": None},
        {"newest_due_at": None},
        {"source": Source.FILE},
    ],
)
def test_who_rests_or_is_nobody_s_is_not_read(two, changes):
    for tenant in two:
        with tenant_scope(tenant):
            Location.objects.update(**changes)

    assert schedule.due(most=9) == []


def test_whose_consent_is_over_is_not_read(two):
    lua, sol = two
    with tenant_scope(lua):
        Connection.objects.update(state=ConnectionState.EXPIRED)

    assert {each.tenant_id for each in schedule.due(most=99)} == {sol.pk}


@pytest.fixture
def read_in_both(lua, sol, google):
    """Have both companies read one place, as both may manage it on Google."""
    place = google.add_location("10")
    say(place, "a", "b")
    for tenant, slug in ((lua, "lua"), (sol, "sol")):
        with tenant_scope(tenant):
            connect(google, "1")
            tied(google, slug)
    return place


def test_each_look_reads_what_is_due_in_each_company_s_scope(read_in_both, lua, sol):
    with no_tenant():
        read_due()

    for tenant in (lua, sol):
        with tenant_scope(tenant):
            assert stored(Location.objects.get()) == truth(read_in_both)


def test_a_hint_is_followed_by_all_who_read_the_place(read_in_both, lua, sol):
    with no_tenant():
        read_due()
        say(read_in_both, "c")
        pass_hint("locations/10", "c")

    for tenant in (lua, sol):
        with tenant_scope(tenant):
            assert stored(Location.objects.get()) == truth(read_in_both)


def test_a_hint_at_what_is_not_there_proves_nothing(read_in_both, google, lua):
    with no_tenant():
        read_due()
        google.delete(read_in_both, "a")
        pass_hint("locations/10", "a")

    with tenant_scope(lua):
        assert not Review.objects.filter(erasure=Erasure.GONE).exists()
        assert Location.objects.get().sweep_due_at <= timezone.now()


def test_what_may_not_be_kept_is_erased_in_each_company(read_in_both, lua, sol, clock):
    with no_tenant():
        read_due()
        clock.pass_(days=31)
        expire_due()

    for tenant in (lua, sol):
        with tenant_scope(tenant):
            assert set(Review.objects.values_list("erasure", flat=True)) == {Erasure.EXPIRED}
