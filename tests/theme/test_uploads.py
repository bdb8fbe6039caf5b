"""Every way in which staff can send a file: refusals stand at the field, and keep nothing."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from tenancy.context import tenant_scope
from tests.theme import drawing
from tests.theme.drawing import SECRET, with_place
from theme.models import SiteDocument, SiteImage

pytestmark = pytest.mark.django_db

BAD_PICTURES = {
    "words.png": b"words",
    "script.svg": drawing.SVG,
    "script.png": drawing.SVG,
    "bomb.png": drawing.png_bomb(12_000, 9_000),
    "hidden.png": drawing.hidden_bomb(5_000_000),
    "cut.jpg": drawing.drawn("jpg", (400, 400))[:-500],
    "png.jpg": drawing.drawn("png"),
    "moving.gif": drawing.animated("gif"),
}
BAD_DOCUMENTS = {"page.txt": drawing.HTML, "page.pdf": drawing.HTML, "drawing.svg": drawing.SVG}


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


@pytest.fixture
def root_collection(lua):
    with tenant_scope(lua):
        return Collection.objects.get(depth=1).pk


def send(client, way: str, file: SimpleUploadedFile, collection: int, **fields: str):
    """Send a file as the browser does, from one of the four screens."""
    data = {"title": "Suíte", "collection": collection, **fields}
    if way == "images, many":
        data = {**data, "files[]": file}
        return client.post(reverse("wagtailimages:add_multiple"), data)
    if way == "images, chooser":
        data = {f"image-chooser-upload-{name}": value for name, value in data.items()}
        address = reverse("wagtailimages_chooser:create")
        return client.post(address, {**data, "image-chooser-upload-file": file})
    view = "wagtaildocs:add" if way == "documents" else "wagtailimages:add"
    return client.post(reverse(view), {**data, "file": file})


def errors_of(response) -> list[str]:
    """Return what the answer says at the field of the file."""
    if response.headers["Content-Type"].startswith("application/json"):
        return [str(value) for value in json.loads(response.content).values()]
    return list(response.context["form"].errors.get("file", []))


@pytest.mark.parametrize("name", BAD_PICTURES)
@pytest.mark.parametrize("way", ["images", "images, many", "images, chooser"])
def test_bad_picture_is_refused_at_the_field_and_nothing_is_kept(
    way, name, lua, staff, root_collection
):
    client = staff(lua, "editor")
    with tenant_scope(lua):
        rows = SiteImage.objects.count()
    files = stored_files()

    response = send(client, way, upload(name, BAD_PICTURES[name]), root_collection)

    said = " ".join(errors_of(response))
    assert any(words in said for words in ("A imagem", "O arquivo", "O nome da imagem"))
    with tenant_scope(lua):
        assert (SiteImage.objects.count(), UploadedFile.objects.count()) == (rows, 0)
    assert stored_files() == files


@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_bad_document_is_refused_at_the_field_and_nothing_is_kept(
    name, lua, staff, root_collection
):
    client = staff(lua, "editor")
    files = stored_files()

    response = send(client, "documents", upload(name, BAD_DOCUMENTS[name]), root_collection)

    assert errors_of(response)
    with tenant_scope(lua):
        assert not SiteDocument.objects.exists()
    assert stored_files() == files


@pytest.mark.parametrize("way", ["images", "images, chooser"])
def test_picture_needs_an_alternative_text(way, lua, staff, root_collection):
    client = staff(lua, "editor")
    with tenant_scope(lua):
        before = SiteImage.objects.count()
    file = with_place("jpg")

    send(client, way, upload("a.jpg", file), root_collection)
    with tenant_scope(lua):
        assert SiteImage.objects.count() == before

    send(client, way, upload("a.jpg", file), root_collection, description="Cama redonda")
    with tenant_scope(lua):
        image = SiteImage.objects.get(description="Cama redonda")
        with image.file.open() as kept:
            content = kept.read()
        assert SECRET not in content
        assert (image.file_size, image.uploaded_by_user.email) == (len(content), "editor@lua.test")


def test_many_pictures_at_once_ask_for_each_alternative_text(lua, staff, root_collection):
    client = staff(lua, "editor")
    files = stored_files()

    answer = json.loads(
        send(client, "images, many", upload("a.jpg", with_place("jpg")), root_collection).content
    )
    (interim,) = stored_files() - files
    assert SECRET not in interim.read_bytes()

    key = answer["uploaded_file_id"]
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[key])
    fields = {"title": "Suíte", "collection": root_collection, "tags": ""}

    def finish(description: str) -> dict[str, object]:
        data = {**fields, "description": description}
        named = {f"uploaded-image-{key}-{name}": value for name, value in data.items()}
        return json.loads(client.post(address, named).content)

    assert finish("")["success"] is False
    assert finish("Cama redonda")["success"] is True
    with tenant_scope(lua):
        assert SiteImage.objects.get(description="Cama redonda").uploaded_by_user is not None
    assert interim not in stored_files()


def test_editor_changes_a_picture_of_their_own(lua, staff, root_collection):
    client = staff(lua, "editor")
    file = upload("a.jpg", with_place("jpg"))
    send(client, "images", file, root_collection, description="Antes")
    with tenant_scope(lua):
        image = SiteImage.objects.get(description="Antes")
    words = {"title": "Suíte", "description": "Depois", "description_en": "Afterwards"}
    data = {**words, "collection": root_collection, "tags": ""}

    client.post(reverse("wagtailimages:edit", args=[image.pk]), data)

    with tenant_scope(lua):
        image.refresh_from_db()
        assert (image.description, image.description_en) == ("Depois", "Afterwards")


def test_focal_point_decides_what_a_crop_shows(lua):
    with tenant_scope(lua):
        image = SiteImage(title="A", description="Vermelho à esquerda, azul à direita")
        image.file = SimpleUploadedFile("a.png", drawing.drawn("png", (400, 100)))
        image.focal_point_x, image.focal_point_y = 390, 50
        image.focal_point_width = image.focal_point_height = 10
        image.save()

        with image.get_rendition("fill-100x100").file.open() as file:
            shown = Image.open(file).convert("RGB")
        red, _green, blue = shown.getpixel((5, 50))
        assert blue > red


@pytest.mark.parametrize("name", ["tarifas.txt", "tarifas.pdf"])
def test_document_is_saved_not_shown_and_may_run_nothing(name, lua, staff, guest, root_collection):
    content = b"%PDF-1.7 tarifas" if name.endswith("pdf") else b"tarifas"
    send(staff(lua, "editor"), "documents", upload(name, content), root_collection)
    with tenant_scope(lua):
        document = SiteDocument.objects.get()
        signed = document.file.url

    answers = [guest("lua.localhost").get(document.url)]
    answers.append(staff(lua, "editor").get(signed))

    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_picture_is_served_as_what_it_is(lua, guest):
    with tenant_scope(lua):
        address = SiteImage.objects.first().get_rendition("fill-20x20|format-webp").url

    answer = guest("lua.localhost").get(address)

    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
