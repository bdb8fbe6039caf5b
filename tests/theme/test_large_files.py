"""Videos go from the browser to the bucket, and become documents only when they are some."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission

from tenancy.context import tenant_scope
from tenancy.storage_s3 import TenantS3Storage
from tests.fakes import s3
from tests.fakes.s3_forms import Said
from tests.theme.drawing import MP4
from theme.models import SiteDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings) -> Iterator[s3.S3]:
    """Have the files of this test in a bucket that checks who signed what."""
    with s3.running(s3.S3()) as running:
        options = {
            "bucket_name": running.bucket,
            "access_key": running.access_key,
            "secret_key": running.secret,
            "endpoint_url": running.url,
            "region_name": running.region,
            "addressing_style": "path",
        }
        backend = {"BACKEND": "tenancy.storage_s3.TenantS3Storage", "OPTIONS": options}
        settings.STORAGES = {**settings.STORAGES, "default": backend}
        settings.WAGTAILDOCS_SERVE_METHOD = "redirect"
        yield running


@pytest.fixture
def editor(lua, staff, service) -> Client:
    return staff(lua, "editor")


def asked(client: Client, name: str = "Suíte Lua.mp4", size: int = len(MP4)) -> Any:
    return client.post(reverse("large_file_form"), {"name": name, "size": size})


def send(said: dict[str, Any], content: bytes) -> int:
    answer = requests.post(said["url"], said["fields"], files={"file": content}, timeout=9)
    return answer.status_code


def finish(client: Client, token: str, title: str = "Suíte") -> Any:
    data = {"title": title, "tags": "", "token": token}
    return client.post(reverse("large_file"), data)


def test_a_video_is_sent_and_becomes_a_document(lua, sol, guest, editor, service):
    said = asked(editor).json()
    assert send(said, MP4) == 204

    assert finish(editor, said["token"]).url == reverse("wagtaildocs:index")

    with tenant_scope(lua):
        document = SiteDocument.objects.get(title="Suíte")
        assert list(service.objects) == [document.file.name]
        assert document.file.name.endswith("/documents/Suíte_Lua.mp4")
        assert (document.file_size, document.uploaded_by_user.email) == (
            len(MP4),
            "editor@lua.test",
        )
        path = document.url
    answer = guest("lua.localhost").get(path)
    assert answer.status_code == 302
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert requests.get(answer.headers["Location"], timeout=9).content == MP4
    assert guest("sol.localhost").get(path).status_code == 404


def test_what_is_no_video_is_no_document_and_nothing_of_it_is_left(lua, editor, service):
    said = asked(editor).json()
    send(said, b"<script>".ljust(len(MP4)))

    answer = finish(editor, said["token"])

    assert "não é o que a terminação do nome" in answer.content.decode()
    assert service.objects == {}
    with tenant_scope(lua):
        assert not SiteDocument.objects.filter(title="Suíte").exists()


def test_what_has_not_arrived_is_no_document(editor):
    answer = finish(editor, asked(editor).json()["token"])
    assert "não chegou" in answer.content.decode()


def test_a_row_that_cannot_be_made_leaves_no_file(editor, service, monkeypatch):
    said = asked(editor).json()
    send(said, MP4)
    monkeypatch.setattr(SiteDocument, "save", lambda *_args, **_kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        finish(editor, said["token"])
    assert service.objects == {}


def still_asked(answer: Any, token: str) -> bool:
    """Say whether a screen asks again, without asking for the video."""
    page = answer.content.decode()
    is_there = token in page and "“Suíte_Lua.mp4” já foi enviado" in page
    return is_there and not needs_video(page)


def needs_video(page: str) -> bool:
    field: str = page.partition('<input type="file"')[2].partition(">")[0]
    return "required" in field


@pytest.mark.parametrize("method", ["GET", "PUT"], ids=["looking", "copying"])
def test_a_bucket_that_is_away_is_said_and_the_video_waits(
    lua, editor, service, monkeypatch, method
):
    said = asked(editor).json()
    send(said, MP4)
    answered = service.answer

    def away(request: Any) -> Any:
        if request.method == method:
            raise Said(503, "SlowDown")
        return answered(request)

    with monkeypatch.context() as patched:
        patched.setattr(service, "answer", away)
        answer = finish(editor, said["token"])
    assert "não pôde ser guardado" in answer.content.decode()
    assert still_asked(answer, said["token"])
    assert finish(editor, said["token"]).status_code == 302
    assert len(service.objects) == 1


def test_a_video_that_changes_while_it_is_judged_is_judged_anew(editor, service, monkeypatch):
    said = asked(editor).json()
    send(said, MP4)
    adopt = TenantS3Storage.adopt

    def late(self: TenantS3Storage, *given: str) -> str:
        send(said, b"<html>".ljust(len(MP4)))
        return adopt(self, *given)

    with monkeypatch.context() as patched:
        patched.setattr(TenantS3Storage, "adopt", late)
        assert still_asked(finish(editor, said["token"]), said["token"])
    assert "não é o que a terminação" in finish(editor, said["token"]).content.decode()
    assert service.objects == {}


def test_a_form_that_comes_twice_at_once_makes_one_document(lua, editor, service, monkeypatch):
    said = asked(editor).json()
    send(said, MP4)
    adopt = TenantS3Storage.adopt

    def late(self: TenantS3Storage, *given: str) -> str:
        monkeypatch.setattr(TenantS3Storage, "adopt", adopt)
        assert finish(editor, said["token"]).status_code == 302
        return adopt(self, *given)

    monkeypatch.setattr(TenantS3Storage, "adopt", late)
    assert "não chegou" in finish(editor, said["token"]).content.decode()
    with tenant_scope(lua):
        assert list(service.objects) == [SiteDocument.objects.get(title="Suíte").file.name]


def test_what_cannot_be_deleted_now_is_no_reason_to_say_that_it_failed(
    lua, editor, service, monkeypatch
):
    said = asked(editor).json()
    send(said, MP4)
    answered = service.answer

    def sticky(request: Any) -> Any:
        if request.method == "DELETE":
            raise Said(500, "InternalError")
        return answered(request)

    monkeypatch.setattr(service, "answer", sticky)
    assert finish(editor, said["token"]).status_code == 302
    with tenant_scope(lua):
        assert SiteDocument.objects.filter(title="Suíte").exists()


def test_a_form_that_is_not_valid_does_not_ask_for_the_video_again(lua, editor, service):
    said = asked(editor).json()
    send(said, MP4)

    assert still_asked(finish(editor, said["token"], title=""), said["token"])
    assert finish(editor, said["token"]).status_code == 302
    with tenant_scope(lua):
        assert SiteDocument.objects.get(title="Suíte").file_size == len(MP4)


def test_a_form_with_a_token_of_nothing_asks_for_a_video(lua, staff, editor):
    token = asked(editor).json()["token"]
    for client, given in ((editor, "x:y:z"), (staff(lua, "manager"), token)):
        page = finish(client, given, title="").content.decode()
        assert given not in page
        assert needs_video(page)


@pytest.mark.parametrize(
    ("name", "size"),
    [("plan.pdf", 5), ("suite.mp4", 0), ("suite.mp4", 10**12), ("suite.mp4", "-1"), ("", 5)],
)
def test_other_files_get_no_form(editor, name, size):
    answer = asked(editor, name, size)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_name_of_which_only_the_ending_is_left_is_a_video_s(lua, editor, service):
    said = asked(editor, "😀.mp4").json()
    send(said, MP4)

    assert finish(editor, said["token"]).status_code == 302
    (name,) = service.objects
    assert name.endswith("/documents/video.mp4")


def test_a_token_is_good_for_who_got_it_and_where(lua, sol, staff, editor, service):
    said = asked(editor).json()
    send(said, MP4)

    for other in (staff(lua, "manager"), staff(sol, "editor")):
        assert "não vale mais" in finish(other, said["token"]).content.decode()
    assert "não vale mais" in finish(editor, said["token"][:-1] + "_").content.decode()
    assert len(service.objects) == 1


def test_who_may_add_no_documents_may_send_none(lua, staff, service):
    client = staff(lua, "editor")
    with tenant_scope(lua):
        GroupCollectionPermission.objects.filter(permission__codename="add_document").delete()
    assert asked(client).status_code in {302, 403}
    assert client.get(reverse("large_file")).status_code in {302, 403}


def test_on_the_disk_there_is_no_such_screen(lua, staff):
    client = staff(lua, "owner")
    assert client.get(reverse("large_file")).status_code == 404
    assert asked(client).status_code == 404
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Enviar vídeo" not in home


def test_where_there_is_a_bucket_the_menu_leads_to_it(editor):
    assert "Enviar v" in editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "data-large-file" in editor.get(reverse("large_file")).content.decode()
