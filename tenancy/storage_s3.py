"""Object storage for tenants' files; apart, because it imports boto3."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage

from tenancy import kinds
from tenancy.storage import ROOT, NotNow, TenantFiles, is_public, tenant_prefix

INCOMING = "incoming/"
"""The folder of what browsers send: a rule of the bucket empties it (tenancy.bucket_rules)."""
FORM_SECONDS = 900
"""How long a form is good for beginning to send."""
HEAD = 4096
"""How many bytes tell what a file is."""
ABSENT = {404, 416}
"""What the bucket answers of a file that is not there, or empty."""
LATER = {409, 412, 429}
"""What it answers when somebody else is at that file, or when it is asked too often."""
READ_HERE = {"vtt"}
"""Endings of what browsers read only from the page's own host."""
CLIENT = Config(
    # services other than Amazon's do not know the checksums that botocore adds unasked
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    # people wait for the answer
    connect_timeout=5,
    retries={"total_max_attempts": 3, "mode": "standard"},
)


@dataclass(frozen=True)
class UploadForm:
    """What a browser sends a file with: a form (POST), or the file alone (PUT)."""

    method: str
    url: str
    name: str
    fields: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Arrived:
    """What a browser has sent: how it begins, its size, and which version of it that was."""

    head: bytes
    size: int
    etag: str


class TenantS3Storage(TenantFiles, S3Storage):
    """Files in a private bucket, reached by signed addresses. A name is never used twice."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config: Config = self.client_config.merge(CLIENT)

    def get_default_settings(self) -> dict[str, Any]:
        ours = {
            "file_overwrite": False,
            "querystring_expire": settings.MEDIA_SIGNED_SECONDS,
            "signature_version": "s3v4",
            "upload_method": "POST",
        }
        return super().get_default_settings() | ours

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        """Return the headers that go with a file for good; who sent it has no say."""
        has_all = name.startswith(ROOT) and is_public(name)
        parameters = {
            **super().get_object_parameters(name),
            "ContentType": kinds.kind_of(name),
            "CacheControl": kinds.keeping_of(is_public=has_all),
        }
        if not kinds.is_picture(name):
            file_name = name.rpartition("/")[2]
            parameters["ContentDisposition"] = content_disposition_header(True, file_name)
        return parameters

    def signed_url(self, name: str) -> str:
        """Return an address in the bucket, or on the tenant's hosts where it must be theirs."""
        if kinds.ending_of(name) in READ_HERE:
            return super().signed_url(name)
        address: str = S3Storage.url(self, name)
        return address

    # --- what browsers send past us -----------------------------------------------------------

    def upload_form(self, ending: str, *, size: int) -> UploadForm:
        """Return what lets a browser send one file of that kind and size to the bucket."""
        name = f"{_incoming()}{secrets.token_hex(16)}.{ending}"
        kind = kinds.kind_of(name)
        if self.upload_method == "PUT":
            headers = {"Content-Type": kind}
            params = {"Bucket": self.bucket_name, "Key": name}
            params |= {"ContentType": kind, "ContentLength": size}
            url = self.client.generate_presigned_url("put_object", params, FORM_SECONDS)
            return UploadForm("PUT", url, name, headers=headers)
        form = self.client.generate_presigned_post(
            self.bucket_name,
            name,
            {"Content-Type": kind},
            [{"Content-Type": kind}, ["content-length-range", size, size]],
            FORM_SECONDS,
        )
        return UploadForm("POST", form["url"], name, fields=form["fields"])

    def arrived(self, name: str) -> Arrived:
        """Look at the beginning of what was sent.

        Raises `FileNotFoundError` if nothing was, and `NotNow` while the bucket is away.
        """
        with _asked(name):
            found = self.client.get_object(
                Bucket=self.bucket_name, Key=_own_incoming(name), Range=f"bytes=0-{HEAD - 1}"
            )
            head = found["Body"].read()
        return Arrived(head, int(found["ContentRange"].rpartition("/")[2]), found["ETag"])

    def adopt(self, name: str, etag: str, wanted: str) -> str:
        """Make that version of what was sent a file of the tenant's; return its name.

        Raises `FileNotFoundError` if it is gone, and `NotNow` if it is another version by now, or
        while the bucket is away.
        """
        with _asked(name):
            own: str = self.get_available_name(self.generate_filename(wanted), 100)
            self.client.copy_object(
                Bucket=self.bucket_name,
                Key=own,
                CopySource={"Bucket": self.bucket_name, "Key": _own_incoming(name)},
                CopySourceIfMatch=etag,
                MetadataDirective="REPLACE",
                **self.get_object_parameters(own),
            )
        return own

    def discard(self, name: str) -> None:
        """Delete what was sent. Raises `NotNow` while the bucket is away."""
        with _asked(name):
            self.client.delete_object(Bucket=self.bucket_name, Key=_own_incoming(name))

    @property
    def client(self) -> Any:
        return self.connection.meta.client


@contextmanager
def _asked(name: str) -> Iterator[None]:
    """Say in our words what the bucket answers, where it is no mistake of ours."""
    try:
        yield
    except BotoCoreError as error:
        raise NotNow(name) from error
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status in ABSENT:
            raise FileNotFoundError(name) from None
        if status in LATER or status >= 500:
            raise NotNow(name) from error
        raise


def _incoming() -> str:
    return INCOMING + tenant_prefix().removeprefix(ROOT)


def _own_incoming(name: str) -> str:
    if not name.startswith(_incoming()) or ".." in name.split("/"):
        raise SuspiciousFileOperation("The file belongs to another tenant.")
    return name
