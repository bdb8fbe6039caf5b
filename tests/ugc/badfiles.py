"""Files that strangers send instead of photos, made when they are asked for."""

import random
import struct
import zlib
from collections.abc import Callable
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


REFUSED_AT_ONCE: dict[str, tuple[Callable[[], bytes], str]] = {
    "heic": (heic, "heic"),
    "avif": (avif, "heic"),
    "svg": (svg, "svg"),
    "gif": (lambda: photo(form="GIF"), "animated"),
    "moving gif": (lambda: animated("gif"), "animated"),
    "moving webp": (lambda: animated("webp"), "animated"),
    "moving png": (apng, "animated"),
    "page": (lambda: b"<!doctype html>" + SCRIPT, "unknown"),
    "archive": (lambda: ZIP, "unknown"),
    "program": (lambda: b"\x7fELF" + b"\0" * 500, "unknown"),
    "pdf": (lambda: b"%PDF-1.7\n" + b"\0" * 500, "unknown"),
    "tiff": (lambda: photo(form="TIFF"), "unknown"),
    "nothing": (lambda: b"\n", "unknown"),
    "too heavy": (lambda: photo() + b"\0" * (10 * 1024**2), "heavy"),
}
"""What the form refuses by its first bytes, and as what."""

REFUSED_WHEN_READ: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "cut jpeg": (lambda: photo((800, 800))[:900], {"damaged"}),
    "cut png": (lambda: photo((800, 800), "PNG")[:60], {"damaged"}),
    "head alone": (lambda: photo()[:20], {"damaged"}),
    "noise": (noise, {"damaged"}),
    "liar": (liar, {"large", "damaged"}),
    "bomb": (lambda: png_bomb(30_000, 30_000), {"large", "damaged"}),
    "long text": (long_text, {"damaged", "busy"}),
}
"""What begins like a photo, and is found out in the process of its own."""

CLEANED: dict[str, Callable[[], bytes]] = {
    "place in jpeg": lambda: with_place("jpg"),
    "place in png": lambda: with_place("png"),
    "place in webp": lambda: with_place("webp"),
    "turned": lambda: with_place("jpg", orientation=6),
    "archive behind": lambda: photo() + ZIP,
    "page behind": lambda: photo(form="PNG") + SCRIPT + SECRET,
    "comment": lambda: photo(comment=SECRET + SCRIPT),
    "many scans": scans,
    "more than is shown": lambda: hidden_bomb(50_000_000),
    "palette": lambda: _converted("P"),
    "grey": lambda: _converted("L"),
    "see-through": lambda: _converted("RGBA"),
    "print colours": lambda: _converted("CMYK", "JPEG"),
}
"""What is a photo, with something beside it: of that nothing may be left."""


def _converted(mode: str, form: str = "PNG") -> bytes:
    target = BytesIO()
    with Image.open(BytesIO(photo())) as image:
        image.convert(mode).save(target, form)
    return target.getvalue()
