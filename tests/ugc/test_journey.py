"""From a guest's form to the page, and away from it again."""

from django.conf import settings as django_settings

from sites.models import HomePage
from tenancy.store.tags import tag_of_tenant
from tests.ugc.sending import WORDS, act, photo
from ugc.enums import PhotoState, SubmissionStatus
from ugc.models import DoomedFile, GuestPost, SubmissionPhoto


def with_block(house) -> HomePage:
    home = HomePage.objects.get(pk=house.site.root_page_id)
    home.body.append(("guest_photos", {"heading": "Pelos olhos de vocês", "text": ""}))
    home.save_revision().publish()
    return home


def files_of(lua) -> list[str]:
    root = django_settings.MEDIA_ROOT / "t" / str(lua.public_id)
    return sorted(
        str(path.relative_to(root))
        for folder in ("sealed", "guests")
        for path in (root / folder).glob("*")
    )


def test_what_is_sent_is_seen_when_somebody_has_looked_and_gone_when_it_is_taken_back(
    lua, house, client, published, django_capture_on_commit_callbacks
):
    before = files_of(lua)
    with_block(house)
    submission, path = published([photo()], words=WORDS, name="Bia", stay_month="2026-10")

    page = client.get("/").content.decode()
    assert WORDS in page
    assert "Bia, Outubro 2026" in page
    post = GuestPost.objects.get()
    name = post.pictures[0]["files"][-1][0]
    assert name in page
    picture = client.get(f"/media/{name}")
    assert picture.status_code == 200
    assert picture["Content-Type"] == "image/webp"
    assert picture["Cache-Control"] == "public, max-age=31536000, immutable"

    with django_capture_on_commit_callbacks(execute=True):
        act(client, path, "withdraw")

    page = client.get("/").content.decode()
    assert WORDS not in page
    assert name not in page
    assert client.get(f"/media/{name}").status_code == 404
    assert files_of(lua) == before
    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.WITHDRAWN
    assert submission.erased_at is not None
    assert not DoomedFile.objects.exists()
    assert 'id="apagado"' in client.get(path).content.decode()


def test_nothing_is_on_the_page_before_somebody_has_looked(house, client, sent):
    with_block(house)
    submission, _path = sent([photo()], words=WORDS)

    assert submission.status == SubmissionStatus.QUEUED
    assert SubmissionPhoto.objects.get().state == PhotoState.READY
    assert WORDS not in client.get("/").content.decode()


def test_a_cdn_knows_whose_published_pictures_are(lua, client, published, settings):
    published([photo()])
    name = GuestPost.objects.get().pictures[0]["files"][0][0]
    assert "Cache-Tag" not in client.get(f"/media/{name}")

    settings.CDN_SECONDS = 60
    assert client.get(f"/media/{name}")["Cache-Tag"] == tag_of_tenant(lua.pk)


def test_a_published_picture_is_another_tenants_nothing(published, guest, sol):
    published([photo()])
    name = GuestPost.objects.get().pictures[0]["files"][0][0]

    assert guest("sol.localhost").get(f"/media/{name}").status_code == 404
