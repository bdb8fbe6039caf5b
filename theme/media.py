"""What files are by their first bytes, for the kinds that browsers play."""

from collections.abc import Callable
from pathlib import PurePath

VIDEOS = frozenset({"mp4", "webm"})
CAPTIONS = frozenset({"vtt"})


EBML = b"\x1a\x45\xdf\xa3"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

SIGNS: dict[str, Callable[[bytes], bool]] = {
    "mp4": lambda head: head[4:8] == b"ftyp",
    "webm": lambda head: head.startswith(EBML) and b"webm" in head,
    "vtt": lambda head: head.removeprefix(BYTE_ORDER_MARK).startswith(b"WEBVTT"),
}


def extension_of(name: str) -> str:
    """Return the extension of a file's name, in small letters and without its dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def is_what_it_says(name: str, head: bytes) -> bool:
    """Whether a file that begins so can be what its extension says; true of other kinds."""
    sign = SIGNS.get(extension_of(name))
    return sign is None or sign(head)
