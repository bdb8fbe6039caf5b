"""What a PNG's compressed data may be: as much as its header says, and no more."""

import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = struct.Struct(">IIBBBBB")
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel, by colour type."""
STEP = 1 << 16
"""Bytes that are taken in, and at most given out, at a time."""


def overflows(content: bytes) -> bool:
    """Say whether a PNG's data would inflate to more than a picture of its size has.

    Decoders take what they need, but inflate the rest all the same. Little memory is used.
    """
    chunks = list(_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != HEADER.size:
        return False  # no PNG: decoders refuse it
    most = _size(*HEADER.unpack(chunks[0][1]))
    inflater, found = zlib.decompressobj(), 0
    for kind, data in chunks:
        for part in _parts(data) if kind == b"IDAT" else ():
            found += len(inflater.decompress(part, STEP))
            while inflater.unconsumed_tail and found <= most:
                found += len(inflater.decompress(inflater.unconsumed_tail, STEP))
            if found > most:
                return True
    return False


def _size(
    width: int, height: int, depth: int, colour: int, _method: int, _filter: int, interlace: int
) -> int:
    """Return how many bytes the picture's rows are, each with its filter's.

    An interlaced one has up to twice as many rows, and each may end within a byte.
    """
    row = (width * depth * CHANNELS.get(colour, 4) + 7) // 8
    return height * (1 + row) + (4 * height + 16 if interlace else 0)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while content.startswith(SIGNATURE) and place + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        yield kind, content[place + 8 : place + 8 + length]
        place += length + 12


def _parts(data: bytes) -> Iterator[bytes]:
    return (data[start:end] for start, end in pairwise([*range(0, len(data), STEP), len(data)]))
