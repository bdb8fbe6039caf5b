"""The admin's list of reviews, and their statistics."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.models import Location, Review
from reviews.selectors.statistics import MONTHS, statistics
from reviews.services import reading
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry, Property
from tests.isolation.bodies import forms_of
from tests.reviews.houses import connect, say, tied

WHEN = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def location(google, lua):
    place = google.add_location("10")
    say(place, *map(str, range(6)))
    say(place, "bad", stars="ONE", original="Frio e barulhento")
    with tenant_scope(lua):
        connect(google, "1")
        location = tied(google)
        reading.read(location_id=str(location.pk))
    return location


def test_reviews_are_found_by_stars_and_words(location, staff, lua):
    client, address = staff(lua, "editor"), reverse("reviews:index")

    assert "Frio e barulhento" in client.get(address).content.decode()
    assert "Frio" not in client.get(address, {"stars": "5"}).content.decode()
    found = client.get(address, {"q": "barulhento"}).content.decode()
    assert "Frio" in found
    assert "Texto 1" not in found


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("is_answered", {"reply_at": WHEN}),
        ("is_hidden", {"is_hidden": True}),
        ("is_featured", {"is_featured": True}),
    ],
)
def test_reviews_are_found_by_yes_and_no(location, staff, lua, name, change):
    with tenant_scope(lua):
        Review.objects.filter(original__startswith="Frio").update(**change)
    client, address = staff(lua, "editor"), reverse("reviews:index")

    yes = client.get(address, {name: "yes"}).content.decode()
    assert ("Frio" in yes, "Texto 1" in yes) == (True, False)
    assert ">Sim</b>" in yes
    no = client.get(address, {name: "no"}).content.decode()
    assert ("Frio" in no, "Texto 1" in no) == (False, True)


def test_a_review_is_called_by_its_day_where_it_is_read(location):
    review = Review(stars=5, written_at=datetime(2026, 11, 26, 2, 43, tzinfo=UTC))

    assert str(review) == "5 ★ 2026-11-25"


def test_a_manager_hides_features_and_tags(location, staff, lua):
    with tenant_scope(lua):
        review = Review.objects.get(key="bad")
    client, address = staff(lua, "manager"), reverse("reviews:edit", args=[review.pk])
    form = forms_of(client.get(address).content)

    answer = client.post(address, form | {"is_hidden": "on", "tags": "ruído", "original": "Ótimo"})

    assert answer.status_code == 302
    with tenant_scope(lua):
        review.refresh_from_db()
        assert (review.is_hidden, review.tags) == (True, "ruído")
        assert review.original == "Frio e barulhento"
        assert AuditEntry.objects.filter(action="reviews.review.curate").exists()


def test_a_review_s_screen_has_the_day_that_it_was_at_its_house(location, staff, lua):
    with tenant_scope(lua):
        review = Review.objects.get(key="bad")
        at = datetime(2026, 11, 26, 3, 30, tzinfo=UTC)
        Review.objects.update(written_at=at)
        Property.objects.update(timezone="America/Manaus")
    client, address = staff(lua, "manager"), reverse("reviews:edit", args=[review.pk])

    page = client.get(address).content.decode()
    assert "★ 2026-11-25" in page
    assert "25 de Novembro de 2026 às 23:30" in page
    assert "2026-11-26" not in page

    with tenant_scope(lua):
        Location.objects.update(property_id=None)
    assert "★ 2026-11-26" in client.get(address).content.decode()


def test_a_review_is_named_by_the_day_on_the_clock_of_who_looks():
    at = datetime(2026, 11, 26, 2, 43, tzinfo=UTC)
    review = Review(stars=5, written_at=at)

    assert str(review) == "5 ★ 2026-11-25"
    with timezone.override(UTC):
        assert str(review) == "5 ★ 2026-11-26"


def test_the_list_keeps_its_texts_wide_enough_to_read(location, staff, lua):
    page = staff(lua, "editor").get(reverse("reviews:index")).content.decode()
    assert "theme/admin/reviews" in page


def test_editors_look_only(location, staff, lua):
    with tenant_scope(lua):
        review = Review.objects.get(key="bad")

    assert staff(lua, "editor").get(reverse("reviews:edit", args=[review.pk])).status_code == 302


@pytest.mark.parametrize("name", ["add", "delete"])
def test_nobody_adds_or_deletes_what_others_said(location, staff, lua, name):
    with tenant_scope(lua):
        review = Review.objects.get(key="bad")
    arguments = [] if name == "add" else [review.pk]
    address = reverse(f"reviews:{name}", args=arguments)

    assert staff(lua, "owner").post(address, {}).status_code == 302
    with tenant_scope(lua):
        assert Review.objects.count() == 7


def test_statistics_are_drawn(location, staff, lua):
    html = staff(lua, "editor").get(reverse("reviews_statistics")).content.decode()

    assert html.count("<rect") == MONTHS
    assert "<text" not in html  # it would shrink with the drawing
    with tenant_scope(lua):
        found = statistics(location, at=timezone.now())
    assert (found.total, found.stars[0], found.stars[-1]) == (7, (5, 6), (1, 1))
    january = next(each for each in found.months if each.count)
    assert (january.first.month, january.count, january.height) == (1, 7, 100.0)
    assert january.average == pytest.approx(31 / 7)
