"""Pictures: made before guests come, shown in what is made, around their focal points."""

import re

import pytest
from django.utils import translation
from PIL import Image
from wagtail.images.tests.utils import get_test_image_file

from tenancy.context import tenant_scope
from theme import services
from theme.models import SiteImage
from theme.pictures import FORMATS, STEP, focus_of, picture_of, read_renditions, specs_of
from theme.sheets import site_sheet

pytestmark = pytest.mark.django_db

ALL = {spec for form in FORMATS for spec in specs_of(form)}


@pytest.fixture
def picture(lua):
    """Return a picture of which no rendition is made."""
    with tenant_scope(lua):
        yield SiteImage.objects.create(title="Quarto", file=get_test_image_file())


def look_at(image: SiteImage, point: tuple[int, int] | None) -> None:
    """Put an image's focal point somewhere, as the admin's form does; nowhere for None."""
    size = 1 if point else None
    image.focal_point_x, image.focal_point_y = point or (None, None)
    image.focal_point_width = image.focal_point_height = size


def formats(image: SiteImage) -> set[str]:
    return {rendition.filter_spec for rendition in image.renditions.all()}


def test_page_shows_webp_until_avif_is_made(picture):
    before = picture_of(picture, {"sizes": "100vw"})
    services.make_renditions(image_id=picture.pk)
    picture = SiteImage.objects.get(pk=picture.pk)
    after = picture_of(picture, {"sizes": "100vw"})

    assert ("image/avif" in before, ".webp" in before) == (False, True)
    assert ("image/avif" in after, ".webp" in after) == (True, True)
    assert formats(picture) == ALL


def test_what_is_made_of_a_kept_picture_is_read_until_all_is(picture, django_assert_num_queries):
    read_renditions([picture])
    services.make_renditions(image_id=picture.pk)
    before = picture.prefetched_renditions

    read_renditions([picture, None])

    assert before == []
    assert {each.filter_spec for each in picture.prefetched_renditions} == ALL
    with django_assert_num_queries(0):
        read_renditions([picture])
        picture_of(picture, {"sizes": "100vw"})


def test_words_of_a_picture_are_escaped(picture):
    picture.description = 'Cama "redonda" <b>'

    drawn = picture_of(picture, {"sizes": "100vw"})

    assert 'alt="Cama &quot;redonda&quot; &lt;b&gt;"' in drawn


def test_saving_a_picture_makes_its_renditions(lua, django_capture_on_commit_callbacks):
    with tenant_scope(lua), django_capture_on_commit_callbacks(execute=True):
        image = SiteImage.objects.create(title="Quarto", file=get_test_image_file())

    with tenant_scope(lua):
        assert formats(image) == ALL


def test_picture_that_is_gone_is_no_error(lua):
    with tenant_scope(lua):
        services.make_renditions(image_id=0)


def test_renditions_are_in_the_formats_that_they_say(picture):
    services.make_renditions(image_id=picture.pk)

    for rendition in picture.renditions.all():
        with rendition.file.open() as file, Image.open(file) as decoded:
            assert decoded.format.lower() in rendition.filter_spec


@pytest.mark.parametrize(
    ("language", "alt"),
    [("pt-br", "Uma cama"), ("en", "A bed"), ("es", "Uma cama"), (None, "Uma cama")],
)
def test_alternative_text_is_in_the_language_of_the_page(picture, language, alt):
    picture.description, picture.description_en = "Uma cama", "A bed"

    with translation.override(language):  # None: no language is active, as in some commands
        assert f'alt="{alt}"' in picture_of(picture, {"sizes": "100vw"})


def test_picture_without_a_description_has_its_title(picture):
    assert 'alt="Quarto"' in picture_of(picture, {"sizes": "100vw"})


@pytest.mark.parametrize(
    ("point", "classes"),
    [
        (None, ""),
        ((0, 0), "focus-x-0 focus-y-0"),
        ((400, 250), "focus-x-50 focus-y-50"),
        ((399, 251), "focus-x-45 focus-y-55"),
        ((799, 499), "focus-x-100 focus-y-100"),
    ],
)
def test_focal_point_is_a_class(picture, point, classes):
    picture.width, picture.height = 800, 500
    look_at(picture, point)

    assert focus_of(picture) == classes


def test_page_draws_a_picture_around_its_focal_point(picture):
    look_at(picture, (0, picture.height))

    assert 'class="focus-x-0 focus-y-100"' in picture_of(picture, {"sizes": "100vw"})


@pytest.mark.parametrize("axis", ["x", "y"])
def test_every_step_of_a_focal_point_is_drawn(axis):
    rules = re.findall(rf"\.focus-{axis}-(\d+) {{\s*--focus-{axis}: (\d+)%;", site_sheet().text)

    assert rules == [(str(step), str(step)) for step in range(0, 101, STEP)]


@pytest.mark.parametrize("seen", [1.0, 0.6, 0.25, 0.1])
@pytest.mark.parametrize("point", [0, 1, 37, 499, 500, 501, 620, 951, 999])
def test_no_frame_crops_a_focal_point_away(picture, point, seen):
    """`object-position: p%` puts p% of the picture over p% of a frame that shows a share of it."""
    picture.width = 1000
    look_at(picture, (point, 0))
    position = int(re.search(r"focus-x-(\d+)", focus_of(picture))[1]) / 100

    left = position * (1 - seen)

    assert left <= point / 1000 <= left + seen
