"""What guests see of reviews, and when pages are new."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from reviews import sentences
from reviews.blocks import ReviewsBlock
from reviews.enums import Source
from reviews.models import Location, Review
from reviews.selectors import Choice, Shown, shown_reviews
from reviews.services import curating, erasing, placing, reading
from reviews.services.showing import refresh
from tenancy.context import tenant_scope
from tenancy.models import ContentVersion, Property
from tests.conftest import execute_as_owner, raise_versions
from tests.fakes.google import Reply
from tests.reviews.houses import connect, say, tied

pytestmark = pytest.mark.django_db

PAGE = "http://lua.localhost/"


@pytest.fixture
def place(google):
    place = google.add_location("10")
    say(place, "five", original="Limpa e discreta.\n\nVoltamos.")
    say(place, "two", stars="TWO", original="Demoraram a abrir o portão.")
    say(place, "none", original="")
    place.reviews["five"].said = "Limpa e discreta.\n\n(Translated by Google)\nClean and discreet."
    return place


@pytest.fixture
def location(place, google, lua_scope):
    connect(google, "1")
    location = tied(google)
    read(location)
    show()
    return location


def read(location):
    Location.objects.filter(pk=location.pk).update(sweep_due_at=timezone.now())
    reading.read(location_id=str(location.pk))


def show(**options):
    """Put the block on the home page."""
    home = Site.objects.get(hostname="lua.localhost").root_page.specific
    value = {"heading": "Quem veio, conta", "text": "", **options}
    home.body = [("reviews", ReviewsBlock().normalize(value))]
    home.save_revision().publish()


def page(guest):
    return guest("lua.localhost").get("/").content.decode()


def version():
    """Return the version, as if each step of the test were a transaction."""
    raise_versions()
    execute_as_owner("SELECT set_config('app.content_raised', '', true)")
    return ContentVersion.objects.get().version


def test_guests_read_originals_and_may_open_a_translation(location, guest):
    html = page(guest)

    assert '<blockquote lang=""><p>Limpa e discreta.</p></blockquote>' in html
    details = re.search(r'<details class="review-translation">.*?</details>', html, re.S)[0]
    assert "Clean and discreet." in details
    assert html.count("Clean and discreet.") == 1


def test_the_source_is_named_and_the_filter_declared(location, guest):
    show(least_stars="4")
    html = page(guest)

    assert "Mostrando avaliações de 4 e 5 estrelas com texto; média de 3 avaliações: 4,0." in html
    assert 'Fonte: <a href="https://maps.google.com/maps?cid=10"' in html
    assert "Demoraram" not in html


def test_that_the_house_hides_some_is_declared_where_they_are_missing(location, guest):
    Review.objects.filter(stars=2).update(is_hidden=True)
    refresh(location)

    hidden = "Mostrando avaliações recentes com texto, menos as que a casa ocultou; média de 3"
    assert hidden in page(guest)
    show(least_stars="4")
    assert "ocultou" not in page(guest)


def test_nothing_is_asked_of_google_and_nothing_marked_up_for_engines(location, place, guest):
    place.reviews["five"].media = ["https://lh3.googleusercontent.com/thumb"]
    read(location)
    html = page(guest)

    assert "googleusercontent" not in html
    assert not re.search(r'(?:src|srcset|poster)="https?:', html)
    assert "aggregateRating" not in html
    assert "reviewRating" not in html


def test_a_reply_that_google_refused_is_not_shown(location, place, guest):
    place.reviews["five"].reply = Reply("Ligue para nós", timezone.now(), state="REJECTED")
    place.reviews["two"].reply = Reply("Já consertamos", timezone.now())
    place.reviews["five"].updated = place.reviews["two"].updated = timezone.now()
    read(location)

    html = page(guest)

    assert "Já consertamos" in html
    assert "Ligue para nós" not in html


def test_pages_are_new_when_what_guests_see_changes_and_only_then(location, place, google, clock):
    before = version()
    clock.pass_(hours=1)
    read(location)
    place.reviews["two"].media = ["https://lh3.googleusercontent.com/other"]
    read(location)
    assert version() == before

    review = Review.objects.get(key="two")
    changes = [
        lambda: say(place, "new") or read(location),
        lambda: curate(review, is_hidden=True),
        lambda: curate(review, is_featured=True),
        lambda: google.delete(place, "five") or (clock.pass_(minutes=1) and read(location)),
        lambda: clock.pass_(days=31) and erasing.expire(at=timezone.now()),
        lambda: placing.tie(location=location, house=None, at=timezone.now()),
    ]
    for change in changes:
        before = version()
        change()
        assert version() > before


def curate(review, **decided):
    curating.curate(
        review=review, **{"is_hidden": False, "is_featured": False, "tags": "", **decided}
    )


def test_hidden_ones_are_gone_and_featured_ones_come_first(location, guest):
    curate(Review.objects.get(key="two"), is_featured=True)
    html = page(guest)
    assert html.index("Demoraram") < html.index("Limpa e discreta")

    curate(Review.objects.get(key="two"), is_hidden=True)
    assert "Demoraram" not in page(guest)


def test_a_page_ends_with_the_time_for_which_a_text_may_be_kept(location, guest, clock):
    """Nobody is there to erase it: the page's own instant is enough."""
    assert "Limpa" in page(guest)

    clock.pass_(days=31)

    assert "Limpa" not in page(guest)
    assert "reviews-list" not in page(guest)


def test_what_is_gone_is_gone_everywhere_in_one_run(
    location, place, google, guest, clock, staff, lua
):
    google.delete(place, "five")
    clock.pass_(minutes=1)
    read(location)

    assert "Limpa" not in page(guest)
    listed = staff(lua, "manager").get("/admin/reviews/all/", {"q": "Limpa"}).content.decode()
    assert "discreta" not in listed


def test_ratings_of_two_sources_are_not_mixed(location, lua_scope):
    file = Location.objects.create(source=Source.FILE, name="lua", property_id=location.property_id)
    at = timezone.now()
    Review.objects.create(
        location=file, key="1", stars=1, original="De papel", written_at=at, changed_at=at,
        first_seen_at=at, last_seen_at=at,
    )  # fmt: skip
    location.refresh_from_db()

    shown = shown_reviews(location.property_id, Choice())

    assert shown.source == Source.GOOGLE
    assert "De papel" not in {each.text for each in shown.reviews}


def test_another_company_s_house_shows_none_of_it(location, sol):
    with tenant_scope(sol):
        house = Property.objects.first()
        assert shown_reviews(house.pk, Choice()) is None
        assert shown_reviews(location.property_id, Choice()) is None


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(), "Mostrando avaliações recentes com texto."),
        (Choice(least_stars=3), "Mostrando avaliações de 3 a 5 estrelas com texto."),
        (Choice(least_stars=5), "Mostrando avaliações de 5 estrelas com texto."),
        (
            Choice(is_featured=True, least_stars=4),
            "Mostrando avaliações escolhidas pela casa de 4 e 5 estrelas com texto.",
        ),
    ],
)
def test_each_choice_is_declared(choice, said):
    assert sentences.declaration(Shown(Source.GOOGLE, (), choice)) == said


def test_expiry_counts_from_when_google_last_had_it(location, clock):
    clock.pass_(days=20)
    read(location)
    first = Review.objects.get(key="five")

    assert first.content_expires_at == first.last_seen_at + timedelta(days=30)
