"""Pictures: made before guests come, and shown in what is made."""

import pytest
from PIL import Image
from wagtail.images.tests.utils import get_test_image_file

from tenancy.context import tenant_scope
from theme import services
from theme.models import SiteImage
from theme.pictures import Shape, picture_of, read_renditions, specs_of

pytestmark = pytest.mark.django_db

ALL = {spec for shape in Shape for form in ("avif", "webp") for spec in specs_of(shape, form)}


@pytest.fixture
def picture(lua):
    """Return a picture of which no rendition is made."""
    with tenant_scope(lua):
        yield SiteImage.objects.create(title="Quarto", file=get_test_image_file())


def formats(image: SiteImage) -> set[str]:
    return {rendition.filter_spec for rendition in image.renditions.all()}


@pytest.mark.parametrize("shape", Shape)
def test_page_shows_webp_until_avif_is_made(picture, shape):
    before = picture_of(picture, shape, {"sizes": "100vw"})
    services.make_renditions(image_id=picture.pk)
    picture = SiteImage.objects.get(pk=picture.pk)
    after = picture_of(picture, shape, {"sizes": "100vw"})

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
        picture_of(picture, Shape.WHOLE, {"sizes": "100vw"})


def test_words_of_a_picture_are_escaped(picture):
    picture.description = 'Cama "redonda" <b>'

    drawn = picture_of(picture, Shape.SQUARE, {"sizes": "100vw"})

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
