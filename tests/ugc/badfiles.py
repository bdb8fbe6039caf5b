"""Files that strangers send instead of photos, made when they are asked for."""

import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from tests.theme.drawing import SECRET, animated, hidden_bomb, png_bomb, with_place
from tests.ugc.sending import photo

ZIP = b"PK\x03\x04" + SECRET + b"PK\x05\x06" + b"\0" * 18
SCRIPT = b"<script>alert(1)</script>"


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + b"\0" * 200


def avif() -> bytes:
    return struct.pack(">I", 24) + b"ftypavif\0\0\0\0mif1avif" + b"\0" * 200


def svg() -> bytes:
    return b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"


def apng() -> bytes:
    images = [Image.new("RGB", (20, 20), (shade * 40, 0, 0)) for shade in range(3)]
    target = BytesIO()
    images[0].save(target, "PNG", save_all=True, append_images=images[1:])
    return target.getvalue()


def scans() -> bytes:
    """Return a progressive JPEG that repeats one of its scans thousands of times."""
    whole = photo((2000, 2000), progressive=True)
    first = whole.index(b"\xff\xda", whole.index(b"\xff\xda") + 1)
    second = whole.index(b"\xff\xda", first + 1)
    return whole[:second] + whole[first:second] * 4000 + whole[second:]


def noise() -> bytes:
    return b"\xff\xd8\xff" + random.Random(7).randbytes(50_000)  # noqa: S311 (noise)


def liar() -> bytes:
    """Return a JPEG whose header says 65,000 by 65,000 pixels."""
    whole = bytearray(photo())
    start = whole.index(b"\xff\xc0") + 5
    whole[start : start + 4] = struct.pack(">HH", 65000, 65000)
    return bytes(whole)


def long_text() -> bytes:
    """Return a PNG with a compressed text that inflates to much."""
    whole = photo(form="PNG")
    text = b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + text))
    at = whole.index(b"IDAT") - 4
    return whole[:at] + chunk + whole[at:]


@dataclass(frozen=True)
class Bad:
    """A file of the corpus: refused by its first bytes, or when it is read, or else cleaned."""

    kind: str
    name: str
    make: Callable[[], bytes]
    at_once: str = ""
    when_read: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


DAMAGED = frozenset({"damaged"})
LARGE = frozenset({"large", "damaged"})

CORPUS = (
    Bad("heic", "of a telephone", heic, "heic"),
    Bad("heic", "its sister AVIF", avif, "heic"),
    Bad("svg", "with a script", svg, "svg"),
    Bad("animated", "GIF that stands still", lambda: photo(form="GIF"), "animated"),
    Bad("animated", "GIF", lambda: animated("gif"), "animated"),
    Bad("animated", "WebP", lambda: animated("webp"), "animated"),
    Bad("animated", "PNG", apng, "animated"),
    Bad("wrong type", "page", lambda: b"<!doctype html>" + SCRIPT, "unknown"),
    Bad("wrong type", "archive", lambda: ZIP, "unknown"),
    Bad("wrong type", "program", lambda: b"\x7fELF" + b"\0" * 500, "unknown"),
    Bad("wrong type", "PDF", lambda: b"%PDF-1.7\n" + b"\0" * 500, "unknown"),
    Bad("wrong type", "TIFF", lambda: photo(form="TIFF"), "unknown"),
    Bad("wrong type", "nothing", lambda: b"\n", "unknown"),
    Bad("wrong type", "noise that begins like a JPEG", noise, when_read=DAMAGED),
    Bad("bomb", "too many bytes", lambda: photo() + b"\0" * (10 * 1024**2), "heavy"),
    Bad("bomb", "PNG of 900 million pixels", lambda: png_bomb(30_000, 30_000), when_read=LARGE),
    Bad("bomb", "JPEG that says it has more", liar, when_read=LARGE),
    Bad("bomb", "text that inflates", long_text, when_read=frozenset({"damaged", "busy"})),
    Bad("bomb", "more pixels than are shown", lambda: hidden_bomb(50_000_000)),
    Bad("bomb", "thousands of scans", scans),
    Bad("truncated", "JPEG", lambda: photo((800, 800))[:900], when_read=DAMAGED),
    Bad("truncated", "PNG", lambda: photo((800, 800), "PNG")[:60], when_read=DAMAGED),
    Bad("truncated", "WebP", lambda: photo((800, 800), "WEBP")[:60], when_read=DAMAGED),
    Bad("truncated", "head alone", lambda: photo()[:20], when_read=DAMAGED),
    Bad("polyglot", "archive behind a JPEG", lambda: photo() + ZIP),
    Bad("polyglot", "page behind a PNG", lambda: photo(form="PNG") + SCRIPT + SECRET),
    Bad("polyglot", "script in a comment", lambda: photo(comment=SECRET + SCRIPT)),
    Bad("place", "in a JPEG", lambda: with_place("jpg")),
    Bad("place", "in a PNG", lambda: with_place("png")),
    Bad("place", "in a WebP", lambda: with_place("webp")),
    Bad("place", "of a photo held sideways", lambda: with_place("jpg", orientation=6)),
    Bad("colours", "palette", lambda: _converted("P")),
    Bad("colours", "grey", lambda: _converted("L")),
    Bad("colours", "see-through", lambda: _converted("RGBA")),
    Bad("colours", "for print", lambda: _converted("CMYK", "JPEG")),
)

KINDS = {"animated", "bomb", "heic", "place", "polyglot", "svg", "truncated", "wrong type"}
"""What strangers are known to send; each must be in the corpus."""


def _converted(mode: str, form: str = "PNG") -> bytes:
    target = BytesIO()
    with Image.open(BytesIO(photo())) as image:
        image.convert(mode).save(target, form)
    return target.getvalue()
