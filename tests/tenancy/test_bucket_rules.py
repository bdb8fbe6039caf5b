"""What a bucket must be like is put there once; moto keeps configurations, and checks nothing."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from moto.server import ThreadedMotoServer

from tenancy.storage_s3 import TenantS3Storage

TITLES = [
    "public access is blocked",
    "only TLS is answered",
    "what was sent and not taken in is deleted",
    "the admin's pages may send files",
]


@pytest.fixture
def bucket(settings) -> Iterator[TenantS3Storage]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    options = {
        "bucket_name": "rules",
        "access_key": "k",
        "secret_key": "s",
        "region_name": "us-east-1",
        "endpoint_url": f"http://{host}:{port}",
        "addressing_style": "path",
    }
    backend = {"BACKEND": "tenancy.storage_s3.TenantS3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    storage = storages["default"]
    storage.client.create_bucket(Bucket="rules")
    yield storage
    server.stop()


def told(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("bucket", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_rules_are_put_once_and_again_when_somebody_changed_them(bucket):
    changed, unchanged = (
        [f"{word}: {title}" for title in TITLES] for word in ("changed", "unchanged")
    )

    assert told("--dry-run") == changed
    assert told() == changed
    assert told() == unchanged
    bucket.client.delete_bucket_policy(Bucket="rules")
    assert told() == [unchanged[0], changed[1], *unchanged[2:]]


def test_rules_say_what_they_are_for(bucket):
    told()
    client = bucket.client
    first, _other = client.get_bucket_lifecycle_configuration(Bucket="rules")["Rules"]
    assert first["Filter"] == {"Prefix": "incoming/"}
    assert first["Expiration"] == {"Days": 1}
    cors = client.get_bucket_cors(Bucket="rules")["CORSRules"][0]
    assert cors["AllowedOrigins"] == ["http://*.painel.localhost"]


def test_a_service_without_such_rules_is_told_apart(bucket, monkeypatch):
    from tenancy.bucket_rules import Rule

    error = {"Error": {"Code": "NotImplemented"}}
    refusal = bucket.client.exceptions.ClientError(error, "GetPublicAccessBlock")

    def refused(*_arguments: object) -> None:
        raise refusal

    monkeypatch.setattr(Rule, "found", refused)
    assert told() == [f"not offered: {title}" for title in TITLES]


def test_without_a_bucket_there_is_nothing_to_put():
    with pytest.raises(CommandError, match="S3_BUCKET"):
        told()
