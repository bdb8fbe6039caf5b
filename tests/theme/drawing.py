"""Small pictures, good and bad, drawn when they are asked for."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

FORMATS = {"avif": "AVIF", "gif": "GIF", "jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
SECRET = b"Belem, 1 27 21 S"
"""What must never be kept: it stands for places, names and other files."""


def drawn(ending: str = "png", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """Return a picture that is red on the left and blue on the right."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    target = BytesIO()
    image.save(target, FORMATS[ending], **options)
    return target.getvalue()


def with_place(ending: str, orientation: int = 1) -> bytes:
    """Return a picture that says where it was taken, and how the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "S", 2: (1.0, 27.0, 21.0), 3: "W", 4: (48.0, 30.0, 0.0)})
    return drawn(ending, exif=exif.tobytes())


def animated(ending: str, frames: int = 3) -> bytes:
    """Return a picture that moves."""
    images = [Image.new("RGB", (20, 20), (shade * 40, 0, 0)) for shade in range(frames)]
    target = BytesIO()
    images[0].save(target, FORMATS[ending], save_all=True, append_images=images[1:])
    return target.getvalue()


def png_bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few kilobytes that says, truly, that it is enormous."""
    rows = zlib.compress(b"\0" * (width // 8 + 1) * 1000, 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def hidden_bomb(most: int) -> bytes:
    """Return a PNG of 10 by 10 pixels whose data inflates to so many bytes."""
    inflated = zlib.compress(b"\0" * most, 9)
    header = struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", inflated), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def gif_bomb() -> bytes:
    """Return a GIF whose first frame is much larger than its screen."""
    screen = struct.pack("<6sHHBBB", b"GIF89a", 10, 10, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0)
    return screen + frame + b"\x02\x02\x4c\x01\x00\x3b"


def resized_webp(width: int, height: int) -> bytes:
    """Return a WebP whose header says another size than its content has."""
    content = bytearray(drawn("webp"))
    place = content.index(b"\x9d\x01\x2a") + 3
    content[place : place + 4] = struct.pack("<HH", width & 0x3FFF, height & 0x3FFF)
    return bytes(content)


def resized_avif(width: int, height: int) -> bytes:
    """Return an AVIF whose box of dimensions is enormous."""
    content = bytearray(drawn("avif"))
    place = content.index(b"ispe") + 8
    content[place : place + 8] = struct.pack(">II", width, height)
    return bytes(content)


def scanned(scans: int) -> bytes:
    """Return a progressive JPEG with one of its scans many times over."""
    whole = drawn("jpg", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * scans + whole[-2:]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87"
VTT = "\ufeffWEBVTT\n\n00:00.000 --> 00:02.000\nOi".encode()


def office(part: str, *others: str) -> bytes:
    """Return an office file that has these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("[Content_Types].xml", part, *others):
            archive.writestr(name, "<x/>")
    return target.getvalue()
