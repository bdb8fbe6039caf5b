"""What a bucket of private files must be like, and what makes it so."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tenancy.storage_s3 import INCOMING, TenantS3Storage

ABSENT = {"NoSuchBucketPolicy", "NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration",
          "NoSuchPublicAccessBlockConfiguration"}  # fmt: skip
NOT_OFFERED = {"NotImplemented", "MethodNotAllowed"}
"""How a service says that it does not know such rules: R2 has no access blocks and no policies."""


@dataclass(frozen=True)
class Rule:
    """A part of a bucket's configuration: how the client calls it, and what it must say."""

    title: str
    call: str
    argument: str
    wanted: Any

    def found(self, client: Any, bucket: str) -> Any:
        """Return what the bucket says; None if nothing."""
        try:
            answer = getattr(client, f"get_{self.call}")(Bucket=bucket)
        except client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in ABSENT:
                return None
            raise
        if self.argument == "Policy":
            return json.loads(answer["Policy"])
        if self.argument == "PublicAccessBlockConfiguration":
            return answer[self.argument]
        return {key: answer[key] for key in self.wanted}

    def put(self, client: Any, bucket: str) -> None:
        value = json.dumps(self.wanted) if self.argument == "Policy" else self.wanted
        getattr(client, f"put_{self.call}")(Bucket=bucket, **{self.argument: value})


def rules_of(storage: TenantS3Storage) -> tuple[Rule, ...]:
    """Return all that the bucket of a storage must say."""
    access = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    return (
        Rule(
            "public access is blocked",
            "public_access_block",
            "PublicAccessBlockConfiguration",
            dict.fromkeys(access, True),
        ),
        Rule("only TLS is answered", "bucket_policy", "Policy", _policy(storage.bucket_name)),
        Rule(
            "what was sent and not taken in is deleted",
            "bucket_lifecycle_configuration",
            "LifecycleConfiguration",
            {"Rules": _lifecycle()},
        ),
        Rule(
            "the admin's pages may send files",
            "bucket_cors",
            "CORSConfiguration",
            {"CORSRules": _cors(storage.upload_method)},
        ),
    )


def apply(storage: TenantS3Storage, *, is_dry: bool = False) -> Iterator[tuple[str, str]]:
    """Make the bucket so; yield each rule's title with what was done about it."""
    client = storage.client
    for rule in rules_of(storage):
        try:
            is_so = rule.found(client, storage.bucket_name) == rule.wanted
            if not (is_so or is_dry):
                rule.put(client, storage.bucket_name)
        except client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] not in NOT_OFFERED:
                raise
            yield rule.title, "not offered"
        else:
            yield rule.title, "unchanged" if is_so else "changed"


def _policy(bucket: str) -> dict[str, Any]:
    arn = f"arn:aws:s3:::{bucket}"
    statement = {
        "Sid": "OnlyTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def _lifecycle() -> list[dict[str, Any]]:
    return [
        {
            "ID": "incoming",
            "Filter": {"Prefix": INCOMING},
            "Status": "Enabled",
            "Expiration": {"Days": 1},
        },
        {
            "ID": "unfinished",
            "Filter": {"Prefix": ""},
            "Status": "Enabled",
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
        },
    ]


def _cors(method: str) -> list[dict[str, Any]]:
    port = settings.PUBLIC_PORT
    tail = "" if port in {80, 443} else f":{port}"
    return [
        {
            "AllowedOrigins": [
                f"{settings.PUBLIC_SCHEME}://*.painel.{settings.PLATFORM_DOMAIN}{tail}"
            ],
            "AllowedMethods": [method],
            "AllowedHeaders": ["content-type"],
            "MaxAgeSeconds": 3600,
        }
    ]
