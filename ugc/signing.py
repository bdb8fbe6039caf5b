"""Addresses of what is private: each for one file, one tenant and some minutes."""

from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

from tenancy.context import require_tenant_id

LIFETIME = timedelta(minutes=10)
ORIGINAL, PREVIEW = "original", "preview"


def token_for(photo_id: UUID, which: str) -> str:
    """Return what stands in the address of a photo's original or preview."""
    return _signer().sign(f"{photo_id.hex}-{which}")


def named_in(token: str) -> tuple[UUID, str] | None:
    """Return what a token was made for; None if it was changed, is another tenant's, or too old."""
    try:
        key, _dash, which = _signer().unsign(token, max_age=LIFETIME).partition("-")
    except BadSignature:
        return None
    return UUID(key), which


def _signer() -> TimestampSigner:
    return TimestampSigner(sep=".", salt=f"ugc.photo:{require_tenant_id()}")
