"""What a page has chosen is read at once, whatever its blocks."""

import pytest
from django.core.files.base import ContentFile

from sites.models import HomePage
from tenancy.context import tenant_scope
from tests.conftest import FILES
from tests.queries import as_table, queries_of
from theme import shelf
from theme.models import SiteImage

pytestmark = pytest.mark.django_db

LUA = "lua.localhost"
FRAME = 3  # venue, page, pages around


@pytest.fixture
def home(lua):
    with tenant_scope(lua):
        yield HomePage.objects.get(slug="lua")


def pictures(number: int) -> list[SiteImage]:
    content = (FILES / "lua.png").read_bytes()
    files = [ContentFile(content, name=f"{each}.png") for each in range(number)]
    return [SiteImage.objects.create(title=file.name, file=file) for file in files]


def publish(home, *blocks):
    home.body = list(blocks)
    home.save_revision().publish()


def link_to(page):
    return {"label": "Ver", "page": page, "url": ""}


def test_pictures_and_links_of_all_types_of_blocks_cost_two_queries(home):
    first, second, third, fourth = pictures(4)
    suites = home.get_children().get(slug="suites")
    hero = {"image": first, "heading": "H", "link": link_to(suites)}
    call = {"heading": "C", "text": "", "link": link_to(home)}
    publish(
        home,
        ("hero", hero),
        ("gallery", {"heading": "G", "images": [second, third, second]}),
        ("picture", {"image": fourth, "caption": ""}),
        ("call_to_action", call),
    )

    queries = queries_of("/", LUA)

    assert len(queries) == FRAME + 2, as_table(queries)


def test_links_lead_to_the_page_in_the_guest_s_language_without_more_queries(home):
    suites = home.get_children().get(slug="suites")
    english = HomePage.objects.get(locale__language_code="en", translation_key=home.translation_key)
    call = {"heading": "C", "text": "", "link": link_to(suites)}
    publish(english, ("call_to_action", call))

    queries = queries_of("/en/", LUA)

    assert len(queries) == FRAME, as_table(queries)


def test_what_is_gone_is_none_and_what_is_chosen_twice_is_two_objects(home):
    (picture,) = pictures(1)
    publish(home, ("gallery", {"heading": "", "images": [picture, picture]}))
    page = HomePage.objects.get(pk=home.pk)
    page.body.raw_data[0]["value"]["images"].append({"type": "item", "value": 0, "id": "x"})

    with shelf.drawn(page):
        one, other, gone = page.body[0].value["images"]

    assert one == other == picture
    assert one is not other
    assert gone is None
