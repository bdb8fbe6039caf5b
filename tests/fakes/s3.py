"""S3, over HTTP, as strict as the real one where moto is not: it checks who signed what.

Moto answers to signatures that are wrong or too old, and takes forms that break their policy.
Here every request is signed, in its headers, its query or its form, by Signature Version 4 as
Amazon documents it, computed anew from the bytes that came. Anything else is refused loudly.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote, urlsplit

from tests.fakes import serving
from tests.fakes.s3_forms import Asked, Said, check_policy, parts_of
from tests.fakes.serving import Server, served

ALGORITHM = "AWS4-HMAC-SHA256"
SKEW = timedelta(minutes=15)
LONGEST = 7 * 24 * 3600
STAMP = "%Y%m%dT%H%M%SZ"
KEPT = ("Content-Type", "Cache-Control", "Content-Disposition")


@dataclass(frozen=True)
class Stored:
    """An object: its bytes, and the headers that it is served with."""

    content: bytes
    headers: dict[str, str]

    @property
    def etag(self) -> str:
        return f'"{hashlib.md5(self.content, usedforsecurity=False).hexdigest()}"'


@dataclass
class S3:
    """The service, with one bucket. `now` is its clock."""

    bucket: str = "private"
    access_key: str = "AKIDEXAMPLE"
    secret: str = "secret-of-nobody"
    region: str = "us-east-1"
    objects: dict[str, Stored] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    takes_forms: bool = True
    url: str = ""

    def answer(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        """Do what is asked; raise `Said` as the service would."""
        if asked.method == "POST":
            return self.take_form(asked)
        self.check(asked)
        bucket, _slash, key = unquote(asked.path)[1:].partition("/")
        if bucket != self.bucket or not key:
            raise Said(404, "NoSuchBucket")
        if asked.method == "PUT":
            return self.put(key, asked)
        if asked.method == "DELETE":
            self.objects.pop(key, None)
            return 204, {}, b""
        return self.get(key, asked)

    # --- objects --------------------------------------------------------------------------------

    def put(self, key: str, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        kept = {name: asked.headers[name] for name in KEPT if name in asked.headers}
        source = asked.headers.get("x-amz-copy-source")
        if source is None:
            self.objects[key] = Stored(asked.body, kept)
            return 200, {"ETag": self.objects[key].etag}, b""
        found = self.found(unquote(source).removeprefix(f"{self.bucket}/"))
        if asked.headers.get("x-amz-copy-source-if-match", found.etag) != found.etag:
            raise Said(412, "PreconditionFailed")
        self.objects[key] = Stored(found.content, kept)
        result = f"<CopyObjectResult><ETag>{found.etag}</ETag></CopyObjectResult>"
        return 200, {}, result.encode()

    def get(self, key: str, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        found = self.found(key)
        headers = {**found.headers, "ETag": found.etag}
        asked_range = asked.headers.get("Range")
        if not asked_range:
            return 200, headers, found.content
        first, last = asked_range.removeprefix("bytes=").split("-")
        size = len(found.content)
        if int(first) >= size:
            raise Said(416, "InvalidRange")
        part = found.content[int(first) : int(last) + 1 if last else size]
        headers["Content-Range"] = f"bytes {first}-{int(first) + len(part) - 1}/{size}"
        return 206, headers, part

    def found(self, key: str) -> Stored:
        if key not in self.objects:
            raise Said(404, "NoSuchKey")
        return self.objects[key]

    # --- signatures -----------------------------------------------------------------------------

    def check(self, asked: Asked) -> None:
        """Raise `Said` unless the request is signed, whole, and in time."""
        if "Authorization" in asked.headers:
            self.check_headers(asked)
        elif "X-Amz-Signature" in dict(asked.pairs):
            self.check_query(asked)
        else:
            raise Said(403, "AccessDenied")

    def check_headers(self, asked: Asked) -> None:
        scheme, _space, rest = asked.headers["Authorization"].partition(" ")
        said = dict(part.strip().split("=", 1) for part in rest.split(","))
        stamp = asked.headers["x-amz-date"]
        if scheme != ALGORITHM or abs(self.now() - instant(stamp)) > SKEW:
            raise Said(403, "RequestTimeTooSkewed")
        payload = asked.headers["x-amz-content-sha256"]
        if payload not in {"UNSIGNED-PAYLOAD", hashlib.sha256(asked.body).hexdigest()}:
            raise Said(400, "XAmzContentSHA256Mismatch")
        signed = self.signed(
            asked, asked.pairs, said["SignedHeaders"], payload, stamp, said["Credential"]
        )
        same(signed, said["Signature"])

    def check_query(self, asked: Asked) -> None:
        said = dict(asked.pairs)
        pairs = [(name, value) for name, value in asked.pairs if name != "X-Amz-Signature"]
        needed = {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
                  "X-Amz-SignedHeaders"}  # fmt: skip
        if not needed <= said.keys() or said["X-Amz-Algorithm"] != ALGORITHM:
            raise Said(400, "AuthorizationQueryParametersError")
        if not said["X-Amz-Expires"].isdigit() or not 0 < int(said["X-Amz-Expires"]) <= LONGEST:
            raise Said(400, "AuthorizationQueryParametersError")
        begins = instant(said["X-Amz-Date"])
        if (
            not begins - SKEW
            <= self.now()
            <= begins + timedelta(seconds=int(said["X-Amz-Expires"]))
        ):
            raise Said(403, "AccessDenied")
        names = said["X-Amz-SignedHeaders"]
        credential, stamp = said["X-Amz-Credential"], said["X-Amz-Date"]
        signed = self.signed(asked, pairs, names, "UNSIGNED-PAYLOAD", stamp, credential)
        same(signed, said["X-Amz-Signature"])

    def signed(
        self,
        asked: Asked,
        pairs: list[tuple[str, str]],
        names: str,
        payload: str,
        stamp: str,
        credential: str,
    ) -> str:
        """Return what the signature of a request has to be."""
        wanted = names.split(";")
        if "host" not in wanted or any(name not in asked.headers for name in wanted):
            raise Said(403, "SignatureDoesNotMatch")
        lines = [
            asked.method,
            quote(unquote(asked.path), safe="/-_.~"),
            "&".join(sorted(f"{escaped(name)}={escaped(value)}" for name, value in pairs)),
            *(f"{name}:{' '.join(asked.headers[name].split())}" for name in wanted),
            "",
            names,
            payload,
        ]
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        scope = self.scope_of(credential, stamp)
        return self.seal("\n".join([ALGORITHM, stamp, scope, digest]), scope)

    def scope_of(self, credential: str, stamp: str) -> str:
        key, _slash, scope = credential.partition("/")
        if key != self.access_key:
            raise Said(403, "InvalidAccessKeyId")
        if scope != f"{stamp[:8]}/{self.region}/s3/aws4_request":
            raise Said(400, "AuthorizationQueryParametersError")
        return scope

    def seal(self, text: str, scope: str) -> str:
        key = f"AWS4{self.secret}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.digest(key, text.encode(), "sha256").hex()

    # --- forms ----------------------------------------------------------------------------------

    def take_form(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        """Keep the file of a form that keeps to its own, signed policy."""
        if not self.takes_forms:
            raise Said(501, "NotImplemented")
        fields, content = parts_of(asked)
        try:
            encoded, stamp = fields["policy"], fields["x-amz-date"]
            scope = self.scope_of(fields["x-amz-credential"], stamp)
            same(self.seal(encoded, scope), fields["x-amz-signature"])
            policy = json.loads(base64.b64decode(encoded))
        except (KeyError, binascii.Error):
            raise Said(403, "AccessDenied") from None
        if self.now() > datetime.fromisoformat(policy["expiration"]):
            raise Said(403, "AccessDenied")
        check_policy(policy["conditions"], fields, self.bucket, len(content))
        kept = {name: fields[name.lower()] for name in KEPT if name.lower() in fields}
        self.objects[fields["key"]] = Stored(content, kept)
        return 204, {"ETag": self.objects[fields["key"]].etag}, b""


def same(ours: str, theirs: str) -> None:
    if not hmac.compare_digest(ours.encode(), theirs.encode()):
        raise Said(403, "SignatureDoesNotMatch")


def escaped(text: str) -> str:
    return quote(text, safe="-_.~")


def instant(stamp: str) -> datetime:
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        raise Said(400, "AuthorizationQueryParametersError") from None


class Handler(serving.Handler):
    """The service over HTTP, by path: `/bucket/key`."""

    server: Server[S3]

    def serve(self) -> None:
        parts = urlsplit(self.path)
        asked = Asked(self.command, parts.path, parts.query, self.headers, self.body())
        try:
            status, headers, content = self.server.service.answer(asked)
        except Said as said:
            content = f"<Error><Code>{said.code}</Code><Message/></Error>".encode()
            status, headers = said.status, {"Content-Type": "application/xml"}
        self.send(status, content, headers)

    do_DELETE = do_GET = do_HEAD = do_POST = do_PUT = serve  # noqa: N815 (names of the library)


def running(service: S3) -> AbstractContextManager[S3]:
    """Serve it on a port of its own."""
    return served(service, Handler)
