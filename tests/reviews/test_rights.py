"""Who wrote a review may ask for what is kept of it, and that it is erased for good."""

import pytest
from django.utils import timezone

from privacy import rights
from privacy.rights import Handle
from reviews.enums import Erasure
from reviews.models import Location, Review
from reviews.rules.files import read
from reviews.services import filing, reading
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.reviews.houses import connect, say, tied

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(google, lua_scope):
    say(google.add_location("10"), "a", "b")
    connect(google, "1")
    reading.read(location_id=str(tied(google).pk))
    return Review.objects.get(key="a")


def test_what_is_kept_is_handed_out(review):
    found = rights.export_person([Handle("review", review.pk)])

    assert found["reviews"]["words"] == "Texto a"
    assert found["reviews"]["author"] == "Pessoa a"


def test_what_was_erased_on_demand_is_not_read_again(review, clock):
    assert rights.erase_person([Handle("review", review.pk)])["reviews"]
    for _sweep in range(2):
        clock.pass_(days=8)
        Location.objects.update(sweep_due_at=timezone.now())
        reading.read(location_id=str(review.location_id))

    review.refresh_from_db()
    assert (review.original, review.author, review.erasure) == ("", "", Erasure.ASKED)
    assert Review.objects.get(key="b").original == "Texto b"
    assert rights.erase_person([Handle("review", review.pk)]) == {"reviews": False}


def test_a_file_does_not_bring_it_back_either(lua_scope, clock):
    house = Property.objects.get(slug="lua")
    filed = read(b"data;nota;texto\n2026-10-01;5;Um\n2026-10-02;4;Dois", today=clock.pass_().date())
    filing.take(house=house, filed=filed, at=timezone.now())
    row = Review.objects.get(original="Um")
    rights.erase_person([Handle("review", row.pk)])

    filing.take(house=house, filed=filed, at=timezone.now())

    row.refresh_from_db()
    assert (row.original, row.erasure) == ("", Erasure.ASKED)
    assert Review.objects.filter(original="Dois").count() == 1


def test_another_company_s_reviews_are_nobody_s(review, sol):
    with tenant_scope(sol):
        assert rights.export_person([Handle("review", review.pk)]) == {}
