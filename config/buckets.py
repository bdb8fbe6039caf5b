"""Where uploaded files are when they are in buckets, and what browsers may therefore ask."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.env import env

R2 = ".r2.cloudflarestorage.com"
"""The hosts of a service that takes no forms: browsers put files there."""


class Buckets:
    """The private bucket, and where everybody finds what is public: a bucket, a CDN, or we."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.region = env.str("S3_REGION", default="us-east-1")
        self.endpoint = env.str("S3_ENDPOINT_URL", default="")
        self.public_name = env.str("S3_PUBLIC_BUCKET", default="") or name
        self.public_url = env.str("S3_PUBLIC_URL", default="")
        if self.public_name != name and not self.public_url:
            raise ImproperlyConfigured("S3_PUBLIC_BUCKET is of no use without S3_PUBLIC_URL.")

    @property
    def origin(self) -> str:
        """Where signed addresses lead."""
        if self.endpoint:
            return _origin(self.endpoint)
        return f"https://{self.name}.s3.{self.region}.amazonaws.com"

    def storages(self) -> dict[str, dict[str, Any]]:
        """Return the storages of private and of public files."""
        return {"default": self._storage(self.name), "public": self._storage(self.public_name)}

    def _storage(self, bucket: str) -> dict[str, Any]:
        host = urlsplit(self.endpoint).hostname or ""
        options = {
            "bucket_name": bucket,
            "region_name": self.region,
            "endpoint_url": self.endpoint or f"https://s3.{self.region}.amazonaws.com",
            "addressing_style": "path" if self.endpoint else "virtual",
            "access_key": env.str("S3_ACCESS_KEY_ID", default=None),
            "secret_key": env.str("S3_SECRET_ACCESS_KEY", default=None),
            "upload_method": "PUT" if host.endswith(R2) else "POST",
        }
        return {"BACKEND": "tenancy.storage_s3.TenantS3Storage", "OPTIONS": options}

    def guest_csp(self, policy: str) -> str:
        """Let guests' pages show public files, and play videos from the bucket."""
        return _with(_with(policy, "img-src", self._shown()), "media-src", [self.origin])

    def staff_csp(self, policy: str) -> str:
        """Let the admin show originals too, and send files to the bucket."""
        shown = _with(policy, "img-src", [*self._shown(), self.origin])
        return f"{_with(shown, 'connect-src', [self.origin])}; media-src 'self' {self.origin}"

    def _shown(self) -> list[str]:
        return [_origin(self.public_url)] if self.public_url else []


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _with(policy: str, directive: str, origins: list[str]) -> str:
    return policy.replace(f"{directive} 'self'", " ".join([directive, "'self'", *origins]))
