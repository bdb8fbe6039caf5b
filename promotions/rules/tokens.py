"""Signed codes: what a QR code holds of a code that may be used without a network.

A token is written in letters and digits, so that its QR code is small: the prefix, then in Base32

    epoch (2 bytes) · end in seconds (4; 0: none) · property (16) · coupon (16) ·
    length of the code (1) · code · what it gives, in UTF-8 · signature (64)

There is nothing of a person in it. `theme/static/theme/gate/offline.js` reads the same.
"""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

PREFIX = "ALC1:"
HEAD = struct.Struct(">HI16s16sB")
SIGNATURE = 64
LATEST_END = 2**32 - 1
"""In the year 2106: a later end is written as that."""
MOST_GIVES = 90
"""Bytes of what it gives, or the QR code would be too fine for a telephone."""


@dataclass(frozen=True)
class Token:
    """A code, normalised, with where and until when it can be used, and what it gives."""

    epoch: int
    code: str
    property_id: UUID
    coupon_id: UUID
    ends_at: datetime | None
    gives: str

    def message(self) -> bytes:
        """Return what is signed."""
        ends = min(int(self.ends_at.timestamp()), LATEST_END) if self.ends_at else 0
        code = self.code.encode()
        head = HEAD.pack(self.epoch, ends, self.property_id.bytes, self.coupon_id.bytes, len(code))
        gives = self.gives.encode()[:MOST_GIVES].decode(errors="ignore")
        return head + code + gives.encode()


def written(message: bytes, signature: bytes) -> str:
    """Return a token as its QR code holds it."""
    return PREFIX + base64.b32encode(message + signature).decode().rstrip("=")


def is_token(text: str) -> bool:
    return text.strip().upper().startswith(PREFIX)


def read(text: str) -> tuple[Token, bytes, bytes]:
    """Return what a token says, its message and its signature. Raises ValueError for no token."""
    message, signature = _parts(text)
    try:
        epoch, ends, house, coupon, length = HEAD.unpack_from(message)
    except struct.error:
        raise ValueError("This is no token.") from None
    rest = message[HEAD.size :]
    token = Token(
        epoch=epoch,
        code=rest[:length].decode(),
        property_id=UUID(bytes=house),
        coupon_id=UUID(bytes=coupon),
        ends_at=datetime.fromtimestamp(ends, UTC) if ends else None,
        gives=rest[length:].decode(),
    )
    return token, message, signature


def _parts(text: str) -> tuple[bytes, bytes]:
    body = text.strip().upper().removeprefix(PREFIX)
    try:
        whole = base64.b32decode(body + "=" * (-len(body) % 8))
    except binascii.Error:
        raise ValueError("This is no token.") from None
    return whole[:-SIGNATURE], whole[-SIGNATURE:]
