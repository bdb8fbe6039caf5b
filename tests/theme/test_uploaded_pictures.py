"""What becomes a picture, what is refused, and what of a picture is kept."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image

from tenancy.context import tenant_scope
from tests.theme import drawing
from tests.theme.drawing import SECRET, animated, drawn, with_place
from theme import uploads
from theme.models import SiteImage
from theme.uploads import BadPicture

ENDINGS = sorted(drawing.FORMATS)

UNFIT = {
    "nothing.png": b"",
    "words.png": b"no picture",
    "script.png": drawing.SVG,
    "script.svg": drawing.SVG,
    "page.gif": drawing.HTML,
    "gif_in_name_only.gif": drawn("png"),
    "jpeg.webp": drawn("jpg"),
    "photo.bmp": drawn("png"),
    "none": drawn("png"),
    "cut.jpg": drawn("jpg", (400, 400))[:-500],
    "cut.png": drawn("png", (400, 400))[:-60],
    "cut.webp": drawn("webp", (400, 400))[:-60],
    "cut.avif": drawn("avif", (400, 400))[:-60],
    "bomb.png": drawing.png_bomb(12_000, 9_000),
    "giant.png": drawing.png_bomb(200_000, 200_000),
    "bomb.gif": drawing.gif_bomb(),
    "bomb.webp": drawing.resized_webp(16_383, 16_383),
    "bomb.avif": drawing.resized_avif(60_000, 60_000),
    "moving.gif": animated("gif"),
    "moving.png": animated("png"),
    "moving.webp": animated("webp"),
    "moving.avif": animated("avif"),
    "many_frames.gif": animated("gif", 200),
    "many_scans.jpg": drawing.scanned(2_000),
}


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def clean(content: bytes, name: str) -> bytes:
    return uploads.cleaned(ContentFile(content), name).read()


@pytest.mark.parametrize("name", UNFIT)
def test_unfit_file_is_refused_in_words(name):
    with pytest.raises(BadPicture) as refused:
        uploads.check(BytesIO(UNFIT[name]), name)

    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.png", drawing.png_bomb(12_000, 9_000)),
        ("bomb.gif", drawing.gif_bomb()),
        ("bomb.avif", drawing.resized_avif(60_000, 60_000)),
    ],
)
def test_bomb_is_refused_before_it_is_decoded(name, content, monkeypatch):
    for plugin in (Image.Image, *{type(opened(drawn(ending))) for ending in ENDINGS}):
        monkeypatch.setattr(plugin, "load", lambda image: pytest.fail("it was decoded"))

    with pytest.raises(BadPicture):
        uploads.check(BytesIO(content), name)


def test_size_in_pixels_and_bytes_is_limited(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40 * 30
    uploads.check(BytesIO(drawn(size=(40, 30))), "a.png")

    with pytest.raises(BadPicture):
        uploads.check(BytesIO(drawn(size=(41, 30))), "a.png")

    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10
    with pytest.raises(BadPicture):
        uploads.check(BytesIO(drawn(size=(40, 30))), "a.png")


@pytest.mark.parametrize("ending", ENDINGS)
def test_half_broken_file_is_refused_or_cleaned_and_never_fails(ending):
    whole = drawn(ending, (64, 64))
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        broken = bytes([*whole[:place], whole[place] ^ 0xA5, *whole[place + 1 :]])
        try:
            opened(clean(broken, f"a.{ending}"))
        except BadPicture:
            continue


@pytest.mark.parametrize("ending", ENDINGS)
def test_picture_stays_what_it_is(ending):
    before, after = opened(drawn(ending)), opened(clean(drawn(ending), f"a.{ending.upper()}"))

    assert (after.format, after.size) == (before.format, before.size)
    for place in ((5, 15), (35, 15)):
        pairs = zip(
            before.convert("RGB").getpixel(place),
            after.convert("RGB").getpixel(place),
            strict=True,
        )
        assert max(abs(was - now) for was, now in pairs) <= 6


@pytest.mark.parametrize("ending", ["avif", "jpg", "png", "webp"])
def test_place_and_camera_are_forgotten_and_the_picture_stays_upright(ending):
    content = with_place(ending, orientation=6)
    assert SECRET in content

    after = opened(clean(content, f"a.{ending}"))

    assert SECRET not in clean(content, f"a.{ending}")
    assert not after.getexif()
    # held on its side: what was left is above now
    assert after.size == (30, 40)
    red, _green, blue = after.convert("RGB").getpixel((15, 5))
    assert red > blue


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_hides_behind_or_inside_a_picture_is_gone(ending):
    for hidden in (drawing.HTML, drawing.office("x.xml"), b"%PDF-1.7" + SECRET):
        assert hidden not in clean(drawn(ending) + hidden, f"a.{ending}")


def test_words_in_a_picture_are_gone():
    assert SECRET not in clean(drawn("jpg", comment=SECRET), "a.jpg")
    assert SECRET not in clean(drawn("gif", comment=SECRET), "a.gif")


def test_colours_and_transparency_are_kept():
    target = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 60)).save(target, "PNG", icc_profile=b"profile")

    after = opened(clean(target.getvalue(), "a.png"))

    assert after.getpixel((5, 5)) == (255, 0, 0, 60)
    assert after.info["icc_profile"] == b"profile"


def test_photo_with_a_second_picture_behind_it_is_kept_as_the_photo():
    target = BytesIO()
    images = [Image.new("RGB", (40, 30), colour) for colour in ("red", "gray")]
    images[0].save(target, "MPO", save_all=True, append_images=images[1:])
    assert opened(target.getvalue()).format == "MPO"

    after = opened(clean(target.getvalue(), "a.jpg"))

    assert (after.format, after.size) == ("JPEG", (40, 30))


def test_cleaning_again_changes_almost_nothing():
    once = clean(drawn("jpg", (400, 300)), "a.jpg")

    assert opened(clean(once, "a.jpg")).quantization == opened(once).quantization


@pytest.mark.parametrize("kind", [SimpleUploadedFile, TemporaryUploadedFile])
def test_upload_is_cleaned_for_all_who_read_it_later(kind):
    content = with_place("jpg")
    if kind is SimpleUploadedFile:
        upload = SimpleUploadedFile("a.jpg", content)
    else:
        upload = TemporaryUploadedFile("a.jpg", "image/jpeg", len(content), None)
        upload.write(content)

    uploads.clean_in_place(upload)

    kept = upload.read()
    assert SECRET not in kept
    assert upload.size == len(kept)


def test_whichever_way_an_image_is_saved_it_is_clean(lua):
    with tenant_scope(lua):
        image = SiteImage(title="A", description="Uma suíte")
        image.file = ContentFile(with_place("jpg", orientation=6), name="a.jpg")
        image.save()

        with image.file.open() as file:
            assert SECRET not in file.read()
        assert (image.width, image.height) == (30, 40)


def test_what_is_no_picture_leaves_neither_row_nor_file(lua):
    with tenant_scope(lua):
        before = SiteImage.objects.count()
        image = SiteImage(title="A", description="B", width=1, height=1)
        with pytest.raises(BadPicture):
            image.file.save("a.png", ContentFile(drawing.SVG))

        assert SiteImage.objects.count() == before
        assert not image.file or not default_storage.exists(image.file.name)
