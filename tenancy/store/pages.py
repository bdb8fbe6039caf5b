"""What is kept of a page, and which of its forms a guest gets.

A page is kept as it was rendered, and compressed once for each coding that somebody accepts.
"""

import gzip
import hashlib
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import brotli
import zstandard

Header = tuple[str, str]

# Compressed once and sent often, but a guest waits for it: further effort saves little.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=5)),
    "zstd": lambda body: zstandard.ZstdCompressor(level=6).compress(body),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
"""How to compress a body, the best coding first."""
PLAIN = "identity"
BEST = "br"
"""What most clients accept, and what Redis keeps."""
UNPACK = brotli.decompress
SMALL = 500
"""Bytes of a body below which compressing it saves nothing."""
TEXT = re.compile(r"text/|image/svg|application/(json|xml|javascript|manifest)|.*\+(json|xml)")
LONGEST_ACCEPTED = 300
"""Characters of an Accept-Encoding that is worth reading; browsers send about thirty."""


@dataclass(slots=True)
class StoredPage:
    """A rendered page: `until` is the epoch second from which it may not be served, or None.

    `hits` is how often it was asked for since somebody was told; `filed` the last slot of time in
    which it was offered as a file.
    """

    tenant_id: int
    version: int
    status: int
    headers: tuple[Header, ...]
    plain: bytes | None = field(compare=False)
    parameters: tuple[str, ...] = ()
    until: float | None = None
    etag: str = ""
    hits: int = 0
    filed: int = 0
    packed: bytes | None = field(default=None, compare=False)
    length: int = 0
    coded: dict[str, tuple[tuple[Header, ...], bytes]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        self.etag = self.etag or hashlib.sha256(self.body).hexdigest()[:20]
        self.length = self.length or len(self.body)

    @property
    def body(self) -> bytes:
        """The body as it was rendered; of a page from Redis it is unpacked when it is needed."""
        if self.plain is None:
            self.plain = UNPACK(self.packed or b"")
        return self.plain

    @property
    def has_lifetime(self) -> bool:
        """Say whether the store says how long others may keep it: the view has not."""
        return not any(name == "Cache-Control" for name, _value in self.headers)

    @property
    def size(self) -> int:
        """Return the bytes that it takes in memory at most: all codings together take one more."""
        return 1000 + (2 if self.is_packable else 1) * self.length

    @property
    def is_packable(self) -> bool:
        """Say whether it is worth compressing; pictures are compressed already."""
        kind = next((value for name, value in self.headers if name == "Content-Type"), "")
        return self.length > SMALL and TEXT.match(kind) is not None

    def lives(self, version: int) -> bool:
        """Say whether it shows the content of this version, and as it is now."""
        return self.version == version and (self.until is None or time.time() < self.until)

    def form(self, coding: str) -> tuple[tuple[Header, ...], bytes]:
        """Return headers and body in a coding, made when it is first asked for."""
        if (found := self.coded.get(coding)) is not None:
            return found
        compress = CODINGS.get(coding) if self.is_packable else None
        if coding == BEST and compress and self.packed is None:
            self.packed = compress(self.body)
        if coding == BEST and compress and self.packed is not None:
            body = self.packed
        else:
            body = compress(self.body) if compress else self.body
        headers = [*self.headers, ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body)))]
        headers.append(("ETag", f'"{self.etag}-{coding if compress else PLAIN}"'))
        if compress:
            headers.append(("Content-Encoding", coding))
        self.coded[coding] = tuple(headers), body
        return self.coded[coding]

    def to_bytes(self) -> bytes:
        """Return what Redis keeps: a line of JSON, and the body as it is sent most often."""
        about = {
            "tenant": self.tenant_id,
            "version": self.version,
            "status": self.status,
            "headers": self.headers,
            "parameters": self.parameters,
            "until": self.until,
            "etag": self.etag,
            "length": self.length,
            "packed": self.is_packable,
        }
        return json.dumps(about).encode() + b"\n" + self.form(BEST)[1]

    @classmethod
    def from_bytes(cls, kept: bytes) -> "StoredPage":
        """Return the page that `to_bytes` wrote down."""
        line, _newline, body = kept.partition(b"\n")
        about: dict[str, Any] = json.loads(line)
        return cls(
            tenant_id=about["tenant"],
            version=about["version"],
            status=about["status"],
            headers=tuple((name, value) for name, value in about["headers"]),
            plain=None if about["packed"] else body,
            packed=body if about["packed"] else None,
            length=about["length"],
            parameters=tuple(about["parameters"]),
            until=about["until"],
            etag=about["etag"],
        )


def best_coding(accepted: str) -> str:
    """Return the best coding that an Accept-Encoding allows (RFC 9110, 12.5.3)."""
    # before anything of it is remembered
    return _best_coding(accepted) if 0 < len(accepted) <= LONGEST_ACCEPTED else PLAIN


@lru_cache(maxsize=512)
def _best_coding(accepted: str) -> str:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    others = weights.get("*", 0.0)
    ranked = [(weights.get(name, others), name) for name in CODINGS]
    best = max(ranked, key=lambda pair: pair[0])
    return best[1] if best[0] > 0 else PLAIN


def _weight(parameter: str) -> float:
    name, _equals, value = parameter.replace(" ", "").partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
