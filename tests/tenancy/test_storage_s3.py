"""Files in a bucket: against a service that checks signatures, as moto does not."""

import re
import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile

from config.buckets import Buckets
from tenancy.context import tenant_scope
from tenancy.storage import NotNow, tenant_prefix
from tenancy.storage_s3 import FORM_SECONDS, TenantS3Storage
from tests.fakes import s3

CHARACTERS = string.digits + string.ascii_letters + "&=%+-_."
VIDEO = b"\x00\x00\x00\x20ftypisom" + bytes(range(200))


@pytest.fixture(scope="module")
def service() -> Iterator[s3.S3]:
    with s3.running(s3.S3()) as running:
        yield running


@pytest.fixture
def bucket(service, lua) -> Iterator[TenantS3Storage]:
    """Return A's way into an empty bucket, in A's scope."""
    service.objects.clear()
    service.now = lambda: datetime.now(UTC)
    service.takes_forms = True
    with tenant_scope(lua):
        yield storage(service)


def storage(service: s3.S3, **options: Any) -> TenantS3Storage:
    return TenantS3Storage(
        bucket_name=service.bucket,
        access_key=service.access_key,
        secret_key=service.secret,
        endpoint_url=service.url,
        region_name=service.region,
        addressing_style="path",
        **options,
    )


def save(bucket: TenantS3Storage, name: str, content: bytes = b"lua") -> str:
    return bucket.save(f"{tenant_prefix()}{name}", ContentFile(content))


def later(service: s3.S3, seconds: int) -> None:
    instant = datetime.now(UTC) + timedelta(seconds=seconds)
    service.now = lambda: instant


def test_files_are_saved_read_listed_and_deleted(bucket, service):
    name = save(bucket, "documents/plan.pdf")

    assert bucket.open(name).read() == b"lua"
    assert (bucket.exists(name), bucket.size(name)) == (True, 3)
    bucket.delete(name)
    assert not bucket.exists(name)
    assert service.objects == {}


def test_nothing_is_overwritten(bucket):
    first, second = (save(bucket, "documents/plan.pdf", each) for each in (b"1", b"2"))
    assert (bucket.open(first).read(), bucket.open(second).read()) == (b"1", b"2")


@pytest.mark.parametrize("verb", ["open", "exists", "size", "delete", "url"])
def test_a_name_of_anothers_is_refused_before_anybody_is_asked(bucket, sol, verb):
    name = f"t/{sol.public_id}/documents/plan.pdf"
    for each in (name, f"{tenant_prefix()}../../{name}"):
        with pytest.raises(SuspiciousFileOperation):
            getattr(bucket, verb)(each)


def test_objects_say_what_they_are_and_who_may_keep_them(bucket, service):
    """What a browser said of a file does not matter: its ending does."""
    content = ContentFile(b"<script>")
    content.content_type = "text/html"
    plan = bucket.save(f"{tenant_prefix()}documents/plan.html", content)
    picture = save(bucket, "images/a.webp")

    assert service.objects[plan].headers == {
        "Content-Type": "application/octet-stream",
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'attachment; filename="plan.html"',
    }
    assert service.objects[picture].headers == {
        "Content-Type": "image/webp",
        "Cache-Control": "public, max-age=31536000, immutable",
    }


def test_a_signed_address_opens_its_file_and_dies_on_time(bucket, service, settings):
    address = bucket.url(save(bucket, "documents/plan.pdf"))

    assert requests.get(address, timeout=9).content == b"lua"
    later(service, settings.MEDIA_SIGNED_SECONDS - 5)
    assert requests.get(address, timeout=9).status_code == 200
    later(service, settings.MEDIA_SIGNED_SECONDS + 2)
    assert requests.get(address, timeout=9).status_code == 403


def test_a_signed_address_dies_with_any_one_character_changed(bucket, service):
    address = bucket.url(save(bucket, "documents/plan.pdf"))
    assert "X-Amz-Signature=" in address
    with requests.Session() as session:
        for place in range(len(service.url) + 1, len(address)):
            following = (CHARACTERS.find(address[place]) + 1) % len(CHARACTERS)
            changed = address[:place] + CHARACTERS[following] + address[place + 1 :]
            assert session.get(changed, timeout=9).status_code in {400, 403, 404}, changed
        assert session.get(f"{address}&a=1", timeout=9).status_code == 403
        assert session.head(address, timeout=9).status_code == 403
        assert session.delete(address, timeout=9).status_code == 403
        assert session.get(address.partition("?")[0], timeout=9).status_code == 403
    assert len(service.objects) == 1


def test_a_signature_of_one_file_does_not_open_anothers(bucket, service, sol):
    mine = bucket.url(save(bucket, "documents/plan.pdf"))
    with tenant_scope(sol):
        theirs = save(bucket, "documents/plan.pdf", b"SOLMARK")
    _path, _mark, query = mine.partition("?")
    address = f"{service.url}/{service.bucket}/{theirs}?{query}"
    assert requests.get(address, timeout=9).status_code == 403


def test_public_files_have_one_address_for_good(bucket, settings):
    name = save(bucket, "images/a.webp")
    assert bucket.url(name) == f"/media/{name}"
    settings.MEDIA_PUBLIC_URL = "https://cdn.example.com/"
    assert bucket.url(name) == f"https://cdn.example.com/{name}"


def test_captions_stay_on_the_pages_own_host(bucket):
    assert bucket.url(save(bucket, "documents/l.vtt")).startswith("/media/t/")


# --- what browsers send -----------------------------------------------------------------------


def send(form: Any, content: bytes = VIDEO, **changes: str) -> int:
    """Send a file as a browser would; return what the bucket answers."""
    if form.method == "PUT":
        return requests.put(form.url, content, headers=form.headers, timeout=9).status_code
    fields = {**form.fields, **changes}
    return requests.post(form.url, fields, files={"file": content}, timeout=9).status_code


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_form_takes_one_file_of_the_size_that_was_said(bucket, service, method):
    service.takes_forms = method == "POST"  # R2 takes none
    form = storage(service, upload_method=method).upload_form("mp4", size=len(VIDEO))

    for wrong in (VIDEO + b"0", VIDEO[:-1]):
        assert send(form, wrong) in {400, 403}
    assert service.objects == {}
    assert send(form) in {200, 204}
    assert list(service.objects) == [form.name]
    assert service.objects[form.name].headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_form_dies_on_time(bucket, service, method):
    form = storage(service, upload_method=method).upload_form("mp4", size=len(VIDEO))
    later(service, FORM_SECONDS + 2)
    assert send(form) == 403


def test_a_form_dies_with_any_field_changed(bucket, service):
    form = bucket.upload_form("mp4", size=len(VIDEO))
    for name, value in form.fields.items():
        for place in {0, len(value) // 2, len(value) - 1}:
            other = "0" if value[place] != "0" else "1"
            changed = value[:place] + other + value[place + 1 :]
            assert send(form, **{name: changed}) in {400, 403}, name
    assert send(form, acl="public-read") == 403
    assert service.objects == {}


def test_what_was_sent_becomes_a_file_of_the_tenants(bucket, service):
    form = bucket.upload_form("mp4", size=len(VIDEO))
    send(form)

    arrived = bucket.arrived(form.name)
    name = bucket.adopt(form.name, arrived.etag, "documents/suite.mp4")
    bucket.discard(form.name)

    assert (arrived.head, arrived.size) == (VIDEO, len(VIDEO))
    assert list(service.objects) == [name]
    assert name.startswith(f"{tenant_prefix()}documents/")
    assert service.objects[name].headers["Content-Disposition"].startswith("attachment")


def test_what_was_sent_again_meanwhile_is_not_what_was_looked_at(bucket):
    form = bucket.upload_form("mp4", size=len(VIDEO))
    send(form)
    arrived = bucket.arrived(form.name)
    send(form, bytes(len(VIDEO)))

    with pytest.raises(NotNow) as raised:
        bucket.adopt(form.name, arrived.etag, "documents/suite.mp4")
    assert "PreconditionFailed" in str(raised.value.__cause__)


def test_nothing_arrived_is_told_apart_and_anothers_is_refused(bucket, sol):
    form = bucket.upload_form("mp4", size=5)
    with pytest.raises(FileNotFoundError):
        bucket.arrived(form.name)
    with tenant_scope(sol):
        for call in (bucket.arrived, bucket.discard, lambda name: bucket.adopt(name, "", "a.mp4")):
            with pytest.raises(SuspiciousFileOperation):
                call(form.name)


# --- settings ---------------------------------------------------------------------------------


def test_amazons_addresses_lead_where_the_policy_lets_browsers_go(lua, settings, monkeypatch):
    monkeypatch.setenv("S3_REGION", "sa-east-1")
    monkeypatch.setenv("S3_ACCESS_KEY_ID", "k")
    monkeypatch.setenv("S3_SECRET_ACCESS_KEY", "s")
    buckets = Buckets("alcova-media")
    options = buckets.storages()["default"]["OPTIONS"]
    with tenant_scope(lua):
        private = TenantS3Storage(**options)
        for address in (
            private.url(f"{tenant_prefix()}documents/a.mp4"),
            private.upload_form("mp4", size=1).url,
        ):
            assert address.startswith(f"{buckets.origin}/")
    assert f"connect-src 'self' {buckets.origin};" in buckets.staff_csp(settings.STAFF_CSP)
    media = re.search(r"media-src ([^;]*)", buckets.guest_csp(settings.GUEST_CSP))
    assert media
    assert media[1] == f"'self' {buckets.origin}"


def test_r2_is_put_to_and_public_files_may_have_a_bucket_of_their_own(settings, monkeypatch):
    monkeypatch.setenv("S3_ENDPOINT_URL", "https://abc.r2.cloudflarestorage.com")
    monkeypatch.setenv("S3_PUBLIC_BUCKET", "alcova-public")
    monkeypatch.setenv("S3_PUBLIC_URL", "https://cdn.example.com/")
    buckets = Buckets("alcova-media")

    private, public = (buckets.storages()[each]["OPTIONS"] for each in ("default", "public"))
    assert private["upload_method"] == "PUT"
    assert (private["bucket_name"], public["bucket_name"]) == ("alcova-media", "alcova-public")
    assert "img-src 'self' https://cdn.example.com data:" in buckets.guest_csp(settings.GUEST_CSP)
